"""What declared keys say: `check_in: {mode: forced}`, `points: …`, `photo: required`."""

from collections.abc import Callable, Mapping

FORCED = frozenset({"forced", "required", "mandatory", "compulsory", "must", "always", "daily"})
FORCED_ZH = frozenset({"强制", "必须", "必填", "必传", "每日", "一律"})
FREE = frozenset({"", "no", "none", "off", "never", "voluntary", "optional", "自愿", "可选", "无"})
BODIES = frozenset({"units", "organisations", "organizations", "branches", "departments", "bodies"})
THINGS = frozenset(
    {
        *("enterprises", "firms", "buildings", "sites", "needs", "offers", "policies"),
        *("products", "chains", "segments", "projects", "services"),
    }
)


def _mode(value: object) -> str:
    """The one word of a declaration; "" where it asks for nothing."""
    if isinstance(value, Mapping):
        if value.get("required") is True or value.get("forced") is True:
            return "required"
        return _mode(value["mode"]) if "mode" in value else ""
    if isinstance(value, str):
        return value.strip().lower()
    return "yes" if value else ""


def _forced(value: object) -> bool:
    return _mode(value) in FORCED | FORCED_ZH


def _not_free(value: object) -> bool:
    """Anything that is not said to be voluntary."""
    return _mode(value) not in FREE


def _asked(value: object) -> bool:
    """Anything at all, unless it is switched off or voluntary."""
    if isinstance(value, Mapping) and value and "mode" not in value:
        return True
    return _not_free(value)


def _of(value: object) -> str:
    """Of whom points or a ranking are: people, bodies, things; "" where there are none."""
    if isinstance(value, Mapping):
        whom = str(value.get("of", "people")).strip().lower() if value else "none"
    elif isinstance(value, str):
        whom = value.strip().lower()
    else:
        whom = "people" if value else "none"
    if whom in FREE:
        return ""
    if whom in BODIES:
        return "bodies"
    return "things" if whom in THINGS else "people"


def _counted(code: str) -> Callable[[object], str]:
    """For points and rankings; nobody named means people."""
    answers = {"people": code, "bodies": "unit_ranking", "things": "", "": ""}
    return lambda value: answers[_of(value)]


def _when(judge: Callable[[object], bool], code: str) -> Callable[[object], str]:
    return lambda value: code if judge(value) else ""


def _appraised(value: object) -> str:
    """What an appraisal counts: likes, hours and the like are none of its business."""
    listed = value.get("by", ()) if isinstance(value, Mapping) else value
    words = {str(one).strip().lower() for one in listed} if isinstance(listed, list) else set()
    words |= {listed.strip().lower()} if isinstance(listed, str) else set()
    return next((code for one, code in APPRAISED.items() if one in words), "")


APPRAISED = {
    **dict.fromkeys(("likes", "votes", "forwards", "shares", "comments", "views"), "likes"),
    **dict.fromkeys(("study_hours", "study_time"), "study_hours"),
    **dict.fromkeys(("online_time", "online_hours"), "online_time"),
    **dict.fromkeys(("check_in", "check_ins", "attendance"), "sign_in"),
    **dict.fromkeys(("photos", "videos", "tracks"), "media"),
    **dict.fromkeys(("points", "score"), "points"),
}

# Key → what its value breaks ("" for nothing).
JUDGES: dict[str, Callable[[object], str]] = {
    **dict.fromkeys(
        ("check_in", "checkin", "sign_in", "signin", "clock_in", "roll_call"),
        _when(_not_free, "sign_in"),
    ),
    **dict.fromkeys(("forced_check_in", "forced_sign_in"), _when(_asked, "sign_in")),
    **dict.fromkeys(("points", "score", "scores", "scoring"), _counted("points")),
    **dict.fromkeys(("ranking", "rank", "leaderboard"), _counted("ranking")),
    **dict.fromkeys(
        ("online_time", "online_hours", "online_minutes", "active_time"),
        _when(_asked, "online_time"),
    ),
    **dict.fromkeys(("install", "installation", "download"), _when(_forced, "install")),
    **dict.fromkeys(
        ("install_quota", "install_rate", "activation_rate", "login_rate", "forced_install"),
        _when(_asked, "install"),
    ),
    **dict.fromkeys(("login", "log_in"), _when(_forced, "log_in")),
    "forced_login": _when(_asked, "log_in"),
    **dict.fromkeys(("study_hours", "study_time"), _when(_asked, "study_hours")),
    **dict.fromkeys(("likes", "forwards", "reposts"), _when(_asked, "likes")),
    **dict.fromkeys(("appraisal", "appraise_by", "assessed_by"), _appraised),
    **dict.fromkeys(("photo", "photos", "video", "videos", "location"), _when(_forced, "media")),
    **dict.fromkeys(("track", "tracks", "trajectory"), _when(_asked, "media")),
    **dict.fromkeys(("advertising", "advertisement", "paid_promotion"), _when(_asked, "commerce")),
}


def broken_by(key: object, value: object) -> str:
    """The code of the rule that a declared key breaks, or nothing."""
    judge = JUDGES.get(str(key).strip().lower().replace("-", "_"))
    return judge(value) if judge else ""
