"""The rows of the programme: what is done for people to know, and the plan that it answers to."""

from pregon_web.programme.models.outreach import (
    AttendanceList,
    Campaign,
    CampaignChannel,
    Commemoration,
    Deliverable,
    Event,
    Survey,
    SurveyRemark,
    SurveyTally,
)
from pregon_web.programme.models.plan import (
    Activity,
    ActivityFollowUp,
    IndicatorCard,
    MatrixLine,
    Plan,
    Procedure,
)

__all__ = [
    "Activity",
    "ActivityFollowUp",
    "AttendanceList",
    "Campaign",
    "CampaignChannel",
    "Commemoration",
    "Deliverable",
    "Event",
    "IndicatorCard",
    "MatrixLine",
    "Plan",
    "Procedure",
    "Survey",
    "SurveyRemark",
    "SurveyTally",
]
