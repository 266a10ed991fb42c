// What every page loads: the styles, htmx, and a few small manners.
import "virtual:tabler.css";
import "./css/main.css";
import "./ui/htmx";
import "./ui/keyboard";
import "./ui/disclosure";
import "./ui/choice";
