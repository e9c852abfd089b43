"""Addresses of the plan, the procedure, the matrix and the indicators."""

from django.urls import path

from pregon_web.programme.views import follow_up, indicators, matrix, plan, procedure

FOLLOW_UP = "trimestres/<period:period>/plan/"
PLAN = "plan/"
ACTIVITY = "plan/actividades/<int:pk>/"
PROCEDURE = "plan/procedimiento/"
MATRIX = "plan/matriz/"
INDICATORS = "indicadores/"

urlpatterns = [
    path(FOLLOW_UP, follow_up.show_follow_up, name="plan_follow_up"),
    path(f"{FOLLOW_UP}guardar/", follow_up.keep_follow_up, name="save_plan_follow_up"),
    path(f"{FOLLOW_UP}<int:pk>/borrar/", follow_up.remove_follow_up, name="remove_plan_follow_up"),
    path(PLAN, plan.show_plan, name="plan"),
    path(f"{PLAN}nuevo/", plan.add_plan, name="add_plan"),
    path(f"{PLAN}<int:pk>/", plan.show_edition, name="plan_edition"),
    path(f"{PLAN}<int:pk>/cambiar/", plan.change_plan, name="change_plan"),
    path(f"{PLAN}<int:pk>/aprobar/", plan.approve_plan, name="approve_plan"),
    path(f"{PLAN}<int:pk>/version/", plan.renew_plan, name="renew_plan"),
    path(f"{PLAN}<int:pk>/borrar/", plan.remove_plan, name="remove_plan"),
    path(f"{PLAN}<int:pk>/actividades/nueva/", plan.add_activity, name="add_activity"),
    path(ACTIVITY, plan.show_activity, name="activity"),
    path(f"{ACTIVITY}cambiar/", plan.change_activity, name="change_activity"),
    path(f"{ACTIVITY}borrar/", plan.remove_activity, name="remove_activity"),
    path(PROCEDURE, procedure.show_procedure, name="procedure"),
    path(f"{PROCEDURE}nuevo/", procedure.add_procedure, name="add_procedure"),
    path(f"{PROCEDURE}<int:pk>/", procedure.show_edition, name="procedure_edition"),
    path(f"{PROCEDURE}<int:pk>/cambiar/", procedure.change_procedure, name="change_procedure"),
    path(f"{PROCEDURE}<int:pk>/aprobar/", procedure.approve_procedure, name="approve_procedure"),
    path(f"{PROCEDURE}<int:pk>/version/", procedure.renew_procedure, name="renew_procedure"),
    path(f"{PROCEDURE}<int:pk>/borrar/", procedure.remove_procedure, name="remove_procedure"),
    path(MATRIX, matrix.show_matrix, name="matrix"),
    path(f"{MATRIX}llevar/<slug:suffix>/", matrix.export_matrix, name="export_matrix"),
    path(f"{MATRIX}nueva/", matrix.add_matrix_line, name="add_matrix_line"),
    path(f"{MATRIX}<int:pk>/", matrix.show_matrix_line, name="matrix_line"),
    path(f"{MATRIX}<int:pk>/cambiar/", matrix.change_matrix_line, name="change_matrix_line"),
    path(f"{MATRIX}<int:pk>/borrar/", matrix.remove_matrix_line, name="remove_matrix_line"),
    path(INDICATORS, indicators.show_indicators, name="indicators"),
    path(f"{INDICATORS}llevar/<slug:suffix>/", indicators.export_indicators, name="export_indicators"),
    path(f"{INDICATORS}nuevo/", indicators.add_indicator, name="add_indicator"),
    path(f"{INDICATORS}<int:pk>/", indicators.show_indicator, name="indicator"),
    path(f"{INDICATORS}<int:pk>/cambiar/", indicators.change_indicator, name="change_indicator"),
    path(f"{INDICATORS}<int:pk>/borrar/", indicators.remove_indicator, name="remove_indicator"),
]
