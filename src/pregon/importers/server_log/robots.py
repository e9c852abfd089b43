"""Who asks a web server and is no person: the published list of patterns that the count of visits leaves out.

An agent that a pattern is found in is a robot's, and so is an empty one: every browser names itself. The list is of
words that robots put in their names, families first (their own pages ask to be known so), then programs without a
family's word. «Cubot» is a telephone. Patterns are of small letters, as agents are compared.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

ROBOT_PATTERNS: Final = (
    # families: search engines, assistants, previews, watchers
    r"(?<!cu)bot\b|(?<!cu)bot[-_/;. ]|[a-z]bot[a-z0-9]",
    r"crawl",
    r"spider",
    r"scrap(?:er|y|ing)",
    r"slurp",
    r"archiver|ia_archiver|archive\.org",
    r"monitor(?:ing)?\b|uptime|pingdom|statuscake|site24x7|nagios|check_http|zabbix|prtg|newrelic|datadog",
    r"preview|facebookexternalhit|facebookcatalog|whatsapp/|telegram|skypeuripreview|embedly|quora link",
    r"validator|w3c_|lighthouse|pagespeed|gtmetrix|chrome-lighthouse",
    r"feed(?:fetcher|burner|ly|parser|valid)|rss",
    r"scan(?:ner)?\b|nmap|nikto|masscan|zgrab|sqlmap|nessus|openvas|acunetix|wpscan|censys|expanse|netcraft",
    r"google-|googleother|mediapartners|adsbot|apis-google|google favicon|google web preview|feedfetcher",
    r"bingpreview|msnbot|yahoo!|baidu|sogou|yandex|duckduck|seznam|qwant|petalsearch|bytespider",
    r"gptbot|chatgpt|oai-search|claude|anthropic|perplexity|cohere|ccbot|diffbot|amazonbot|applebot|meta-external",
    r"ahrefs|semrush|mj12|dotbot|rogerbot|screaming frog|sitebulb|blexbot|dataforseo|serpstat",
    # programs and libraries
    r"\bcurl/|\bwget/|libwww|lwp[-:]|python|aiohttp|httpx|requests/|urllib|scrapy|mechanize",
    r"go-http-client|java/|jakarta|apache-httpclient|okhttp|axios|node-fetch|undici|got \(|ruby|php/|guzzle|perl",
    r"postmanruntime|insomnia|httpie|powershell|winhttp|dart/|cfnetwork",
    r"headless|phantomjs|selenium|puppeteer|playwright|slimerjs|htmlunit|prerender",
    r"httrack|teleport|webcopier|offline explorer|webzip|sitesucker|nutch|heritrix|larbin",
    r"internal dummy connection|healthcheck|health check|kube-probe|elb-healthchecker|googlehc|haproxy",
)
_ROBOT: Final = re.compile("|".join(f"(?:{pattern})" for pattern in ROBOT_PATTERNS))


@lru_cache(maxsize=8_192)
def is_robot(agent: str) -> bool:
    """Whether an agent is a robot's; "" and «-» are.

    >>> is_robot("Mozilla/5.0 (compatible; Googlebot/2.1)"), is_robot("Mozilla/5.0 (Linux; CUBOT X30) Chrome/120.0")
    (True, False)
    """
    return agent in ("", "-") or _ROBOT.search(agent.lower()) is not None
