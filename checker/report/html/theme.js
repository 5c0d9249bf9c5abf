/* Light or dark as it was chosen last, before the page is painted. */
"use strict";
try {
	const theme = localStorage.getItem("so2check-theme");
	if (theme === "light" || theme === "dark")
		document.documentElement.dataset.theme = theme;
} catch {
	/* a page opened from a file may have no storage */
}
