"""Names a browser and its machine for the list of sessions, as far as the user agent tells. Pure."""

BROWSERS = {
    "Edg/": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox/": "Firefox",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}
MACHINES = {"Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows", "Mac OS": "Mac", "Linux": "Linux"}
"""Signs in the user agent; the first that is there counts (Edge and Opera call themselves Chrome, too)."""


def name_browser(user_agent: str) -> str:
    """`Chrome, Windows`; the first words of the user agent where it is none that we know."""
    browser = next((name for sign, name in BROWSERS.items() if sign in user_agent), user_agent[:30] or "–")
    machine = next((name for sign, name in MACHINES.items() if sign in user_agent), None)
    return f"{browser}, {machine}" if machine else browser
