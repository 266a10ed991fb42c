"""What the words of labels say, in Chinese and English.

A pattern is written so that ordinary words stay free: 积分球, 税收积分, 视频会议, 产业定位,
投票表决, 客服在线时间, 灭火器安装率. A sentence that forbids a thing (“不得强制签到”) asks for
nothing.
"""

import re

_NEAR = r"[^，。；,;.!?！？\n]"  # within the same clause
_MUST = r"(?:强制|必须|须|务必|一律|每日|每天|天天|定时|人人)"
_CHECK_IN = r"(?:签到|打卡|报到|点名)"
_PEOPLE = (
    r"(?:党员|干部|个人|人员|职工|员工|队员|居民|网格员|指导员|专员|学员|群众|成员|负责人|书记)"
    # 员工人数, 成员单位, 个人所得税: words about numbers, bodies and taxes, not about a person
    r"(?!人数|数|总数|规模|占比|比例|结构|单位|企业|所得|薪酬|工资|平均)"
)
_BODIES = r"(?:党支部|支部|党组织|党委|成员单位|部门|单位|街道|社区|科室)"
_APP = r"(?:APP|应用程序|应用|小程序|软件|平台|客户端|公众号)"
_POINTS = r"(?:积分|得分|打分|计分|评分|赋分)"
_RANKS = r"(?:排名|排行|排位|名次|榜单|红黑榜)"
_NOT_PLACING = r"(?<!功能)(?<!产业)(?<!市场)(?<!战略)(?<!精准)(?<!目标)(?<!发展)(?<!角色)"
_EN_MUST = r"\b(?:mandatory|compulsory|forced|required|must|daily)\b"
_EN_PEOPLE = (
    r"\b(?:people|persons?|members?|cadres?|staff|employees?|officers?|users?|individuals?)"
)


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "sign_in",
        _any(
            rf"{_MUST}{_NEAR}{{0,6}}{_CHECK_IN}",
            r"(?:应急|安全|人脸|定位|刷脸)(?:签到|打卡|点名)",
            r"(?:签到|打卡)(?:率|考核|排名|通报|任务|不少于)",
            rf"{_EN_MUST}(?:\W+\w+){{0,3}}?\W+(?:check|sign|clock|punch)[- ]?in\b",
            r"\b(?:check|sign|clock)[- ]?in (?:rate|quota|is required|is mandatory)",
        ),
    ),
    (
        "points",
        _any(
            rf"{_PEOPLE}{_NEAR}{{0,6}}{_POINTS}",
            rf"{_POINTS}{_NEAR}{{0,4}}{_PEOPLE}",
            rf"{_EN_PEOPLE}\W+(?:\w+\W+){{0,2}}(?:points?|scores?|scoring)\b",
            rf"\b(?:points?|scores?) (?:for|of|per) (?:\w+ )?{_EN_PEOPLE}",
        ),
    ),
    (
        "unit_ranking",
        _any(
            rf"{_BODIES}{_NEAR}{{0,4}}(?:{_POINTS}|{_RANKS})",
            r"\b(?:branch|branches|department|unit|body|bodies)\W+(?:\w+\W+)?rank\w*",
            r"\branking of (?:\w+ )?(?:branches|departments|units|bodies)",
        ),
    ),
    (
        "ranking",
        _any(
            rf"{_PEOPLE}{_NEAR}{{0,6}}{_RANKS}",
            rf"(?<!税收)(?<!信用)积分{_RANKS}|积分榜",
            rf"{_EN_PEOPLE}\W+(?:\w+\W+)?(?:rank\w*|leaderboard)\b",
            rf"\branking of (?:\w+ )?{_EN_PEOPLE}",
            r"\b(?:points|score) (?:ranking|leaderboard)\b",
        ),
    ),
    ("unclear_points", _any(r"积分制管理|积分管理制度")),
    (
        "online_time",
        _any(
            r"在线时长|活跃时长|登录时长|使用时长",
            r"在线时间(?:统计|考核|排名|不少于|不低于|要求)",
            r"\b(?:online|active|screen) (?:time|hours|minutes)\b|\btime online\b",
        ),
    ),
    (
        "study_hours",
        _any(
            r"学习(?:时长|积分)",
            r"(?:学习时间|学时)(?:统计|考核|排名|通报|不少于|不低于)",
            r"\bstudy (?:hours|time|minutes)\b",
        ),
    ),
    (
        "install",
        _any(
            rf"{_APP}{_NEAR}{{0,4}}(?:安装率|下载率|注册率|激活率|登录率|活跃率|日活)",
            rf"(?:安装率|下载率|注册率|激活率|登录率|日活)(?:指标|任务|考核){_NEAR}{{0,4}}",
            rf"{_MUST}{_NEAR}{{0,6}}(?:安装|下载|关注){_NEAR}{{0,6}}{_APP}",
            rf"{_EN_MUST}(?:\W+\w+){{0,2}}?\W+(?:install|download)\w*",
            r"\b(?:install(?:ation)?|download|activation) (?:rate|quota|target)\b",
        ),
    ),
    (
        "log_in",
        _any(
            r"(?:强制|每日|每天|天天|定时)(?:登录|登陆|上线)|登录率",
            r"\b(?:mandatory|forced|compulsory|daily) log-?\s?in\b|\blog-?in rate\b",
        ),
    ),
    (
        "likes",
        _any(
            r"(?:点赞|投票|转发|评论|阅读|浏览|关注)(?:量|数|率)?(?:考核|排名|排行|通报|任务|指标)",
            r"(?:点赞|转发)(?:量|数|率)(?:要求|不少于|不低于)|(?:考核|强制|任务)[^，。；]{0,4}点赞",
            r"\b(?:likes|forwards|reposts|votes) (?:count|quota|ranking|appraisal|required)\b",
        ),
    ),
    (
        "media",
        _any(
            rf"(?:{_MUST}|每次|应当){_NEAR}{{0,8}}"
            r"(?:拍照|照片|录像|录音|视频(?!会议|连线|咨询|培训|课|接访|监控)|轨迹)",
            rf"(?:{_MUST}|实时|持续|全程){_NEAR}{{0,6}}{_NOT_PLACING}定位",
            r"(?:照片|视频|录像|轨迹|定位)(?:必填|必传)|拍照(?:打卡|留痕)",
            rf"(?:走访|巡查|巡逻|人员|干部|行动|行走|网格员|专员){_NEAR}{{0,4}}轨迹",
            r"\b(?:mandatory|compulsory|forced|required) (?:photos?|videos?|tracks?|location)\b",
            r"\b(?:photos?|videos?|location) (?:is|are) (?:required|mandatory)\b",
            r"\b(?:gps|movement|walking) tracks?\b",
        ),
    ),
    ("commerce", _any(r"商业广告|广告位|付费推广|竞价排名", r"\bpaid promotion\b|\badvertising\b")),
)

_NOT_A_REFUSAL = re.compile(r"不少于|不低于|不得少于|不得低于|不断|不定期|no(?:t)? less than")
_REFUSES = re.compile(
    r"不(?:得|搞|设|作|做|以|要|再|强|把|将|用|统|计|排|进|对|评|需|必|会)|无需|无须|没有|"
    r"禁止|严禁|杜绝|反对|防止|避免|取消|拒绝|整治|停止|自愿|可选|\b(?:no|not|never|without|voluntary|optional|ban(?:s|ned)?)\b",
    re.IGNORECASE,
)
_CLAUSE_ENDS = re.compile(r"[，。；,;.!?！？\n]")


def broken_in(text: str) -> str:
    """The code of the first rule that a text breaks, or nothing."""
    for code, pattern in PATTERNS:
        if any(not _is_refused(text, match.start()) for match in pattern.finditer(text)):
            return code
    return ""


def _is_refused(text: str, start: int) -> bool:
    """Whether the words before `start`, in the same clause, forbid what follows."""
    before = _CLAUSE_ENDS.split(text[:start])[-1]
    return bool(_REFUSES.search(_NOT_A_REFUSAL.sub("", before)))
