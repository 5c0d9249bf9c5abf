/* Makes one finding at a time out of the page's <noscript> elements. Their text is the report itself, escaped where it
 * was written; everything else goes into the page as text nodes. */
"use strict";
(() => {
const page = document.documentElement;
const severities = ["error", "warning", "note"];
const states = ["open", "allowed", "known"];
const themes = ["auto", "light", "dark"];
const batch = 40; /* rows that are added to the list at once */

/* ---- small helpers ---- */

const byId = (id) => document.getElementById(id);

const make = (tag, properties, ...children) => {
	const element = document.createElement(tag);
	for (const [key, value] of Object.entries(properties || {})) {
		if (key in element)
			element[key] = value;
		else
			element.setAttribute(key, value);
	}
	element.append(...children);
	return element;
};

const plural = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;

/* Right after the browser has painted what was done before: what a user waits for. */
const afterPaint = (action) => requestAnimationFrame(() => {
	if (globalThis.scheduler?.postTask)
		scheduler.postTask(action, { priority: "user-blocking" });
	else
		setTimeout(action, 0);
});

/* ---- the report's text ---- */

/* {rules: [[id, title, severity]], files: [path], findings: [[rule, file, line, state, function, message]]} */
const index = JSON.parse(byId("index").textContent);

/* Findings, sources and rules follow the script: has the browser come to the end of them? */
const isWhole = () => document.readyState !== "loading";

/* The markup of finding f12, source s3 or rule r4. */
const markupOf = (id) => byId(`p${id}`)?.textContent ?? "";

const parse = (markup) => {
	const template = document.createElement("template");
	template.innerHTML = markup;
	return template.content.firstElementChild;
};

const sourceLines = new Map(); /* file -> Map of number -> markup */
const linesOf = (file) => {
	if (!sourceLines.has(file)) {
		const lines = new Map();
		const pattern = /^<span class=l id=s\d+-(\d+) data-n=\d+>(.*)<\/span>$/;
		for (const line of markupOf(`s${file}`).split("\n")) {
			const found = pattern.exec(line);
			if (found)
				lines.set(Number(found[1]), found[2]);
		}
		sourceLines.set(file, lines);
	}
	return sourceLines.get(file);
};

/* ---- which findings are listed ---- */

const filter = { words: [], severities: new Set(severities), states: new Set(states), rule: -1, file: -1 };
let matching = []; /* numbers of findings, in order */
let first = 0, listed = 0; /* those from first on and before listed have a row */
let current = -1;  /* the finding that is looked at */
let haystacks = null;

const severityOf = (finding) => index.rules[finding[0]][2];
const haystackOf = (finding) =>
	[finding[5], index.files[finding[1]], finding[4], index.rules[finding[0]][0], index.rules[finding[0]][1]]
		.join("\n").toLowerCase();

const isMatching = (finding, number) =>
	(filter.rule < 0 || finding[0] === filter.rule) && (filter.file < 0 || finding[1] === filter.file) &&
	filter.severities.has(severityOf(finding)) && filter.states.has(states[finding[3]]) &&
	filter.words.every((word) => haystacks[number].includes(word));

const makeRow = (number) => {
	const finding = index.findings[number];
	const about = make("span", { className: "about" });
	if (finding[3] > 0)
		about.append(make("span", { className: "badge" }, states[finding[3]]));
	about.append(make("span", {}, `line ${finding[2]}`), make("code", {}, index.rules[finding[0]][0]));
	const link = make("a", { href: `#f${number}` },
			  make("span", { className: `dot ${severityOf(finding)}`, role: "img", ariaLabel: severityOf(finding) }),
			  finding[5], about);
	if (number === current)
		link.setAttribute("aria-current", "true");
	return make("li", { className: "item", id: `row${number}` }, link);
};

/* Rows of positions from..to; a file's name stands before its first. */
const makeRows = (from, to) => {
	const rows = document.createDocumentFragment();
	for (let position = from; position < to; position++) {
		const [, file, , state] = index.findings[matching[position]];
		const before = position > 0 ? index.findings[matching[position - 1]] : null;
		if (!before || before[1] !== file || before[3] !== state)
			rows.append(make("li", { className: "group" }, index.files[file]));
		rows.append(makeRow(matching[position]));
	}
	return rows;
};

const listMore = () => {
	const stop = Math.min(listed + batch, matching.length);
	byId("list").append(makeRows(listed, stop));
	listed = stop;
};

const listBefore = () => {
	const list = byId("list");
	const start = Math.max(first - batch, 0);
	const below = list.scrollHeight - list.scrollTop;
	list.prepend(makeRows(start, first));
	first = start;
	list.scrollTop = list.scrollHeight - below; /* what is seen stays where it is */
};

/* Only rows around that position: a list of thousands need not be built to show its end. */
const listAround = (position) => {
	first = Math.max(position - batch / 2, 0);
	listed = first;
	if (byId("list").firstChild) {
		byId("list").replaceChildren();
		byId("list").scrollTop = 0; /* makes the browser lay out the page: not while it opens */
	}
	listMore();
};

const describe = () => {
	const total = index.findings.length;
	byId("shown").textContent = matching.length === total ? plural(total, "finding") :
		`${matching.length} of ${plural(total, "finding")}`;
	byId("reset").hidden = matching.length === total;
};

const applyFilter = () => {
	performance.mark("so2check-filter-begin");
	if (filter.words.length > 0 && !haystacks)
		haystacks = index.findings.map(haystackOf);
	matching = [];
	index.findings.forEach((finding, number) => {
		if (isMatching(finding, number))
			matching.push(number);
	});
	listAround(0);
	describe();
	afterPaint(() => performance.measure("so2check-filter", "so2check-filter-begin"));
};

/* ---- one finding ---- */

let steps = []; /* of the current finding: {file, line, from, to, said, kind, row, bubble, item} */
let step = -1;

/* Puts <mark> around characters from..to of a line; its spans stay whole. */
const markRange = (row, from, to) => {
	const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
	const pieces = [];
	let at = 1;
	for (let node = walker.nextNode(); node; node = walker.nextNode()) {
		const letters = Array.from(node.data);
		const begin = Math.max(from - at, 0), end = Math.min(to - at, letters.length);
		if (begin < end)
			pieces.push([node, letters.slice(0, begin).join("").length, letters.slice(0, end).join("").length]);
		at += letters.length;
	}
	for (const [node, begin, end] of pieces) {
		const range = document.createRange();
		range.setStart(node, begin);
		range.setEnd(node, end);
		range.surroundContents(make("mark"));
	}
};

const unmark = (row) => {
	row.querySelectorAll("mark").forEach((mark) => mark.replaceWith(...mark.childNodes));
	row.normalize();
};

const bringIntoView = (element) => {
	const box = element.getBoundingClientRect();
	if (box.top < 120 || box.bottom > innerHeight - 60)
		element.scrollIntoView({ block: "center", inline: "nearest" });
};

const goToStep = (next, isAsked = true) => {
	if (next < 0 || next >= steps.length)
		return;
	if (step >= 0) {
		const { row, bubble, item } = steps[step];
		[row, bubble, item].forEach((element) => element && element.classList.remove("now"));
		item.removeAttribute("aria-current");
		if (row)
			unmark(row);
	}
	step = next;
	const { row, bubble, item, from, to, said } = steps[step];
	[row, bubble, item].forEach((element) => element && element.classList.add("now"));
	item.setAttribute("aria-current", "step");
	if (row && to > from)
		markRange(row, from, to);
	byId("step-now").replaceChildren(make("b", {}, `Step ${step + 1} of ${steps.length}`), " ", ...copyOf(said));
	byId("step-back").disabled = step === 0;
	byId("step-on").disabled = step === steps.length - 1;
	if (!isAsked)
		return;
	bringIntoView(bubble || item);
	byId("announce").textContent = `Step ${step + 1}: ${said.textContent}`;
};

const copyOf = (words) => Array.from(words.childNodes, (node) => node.cloneNode(true));

const readStep = (item, position) => {
	const place = item.querySelector("a");
	const [file, line] = place.getAttribute("href").slice(2).split("-").map(Number); /* #s3-120 */
	const [from, to] = (item.dataset.c || "0-0").split("-").map(Number);
	const said = item.querySelector(".said");
	item.querySelector(":scope > code")?.remove();
	said.replaceChildren(make("button", { type: "button" }, ...said.childNodes));
	place.replaceWith(make("span", { className: "place" }, place.textContent));
	item.addEventListener("click", () => goToStep(position));
	return { file, line, from, to, said: said.firstChild, kind: item.className, item };
};

const makeBubble = (position) => {
	const { said, kind } = steps[position];
	const bubble = make("button", { type: "button", className: `bubble ${kind}` },
			    make("b", {}, String(position + 1)), ...copyOf(said));
	bubble.addEventListener("click", () => goToStep(position));
	steps[position].bubble = bubble;
	return bubble;
};

/* The lines `10-20,34-38` of a file, with what the path says of them below each. */
const makeListing = (file, ranges) => {
	const lines = linesOf(file);
	const body = make("div");
	let before = 0;
	for (const range of ranges.split(",")) {
		const [first, last] = range.split("-").map(Number);
		for (let number = first; number <= last; number++) {
			if (!lines.has(number))
				continue;
			if (before > 0 && number > before + 1)
				body.append(make("span", { className: "gap" }));
			before = number;
			const row = make("div", { className: "l" });
			row.dataset.n = number;
			row.innerHTML = lines.get(number);
			body.append(row);
			steps.forEach((one, position) => {
				if (one.file !== file || one.line !== number)
					return;
				row.classList.add("on");
				one.row = row;
				body.append(makeBubble(position));
			});
		}
	}
	return make("section", { className: "listing" }, make("h3", {}, index.files[file]),
		    make("div", { className: "lines", tabIndex: 0, role: "region", ariaLabel: `Lines of ${index.files[file]}` }, body));
};

const makeStepper = () => {
	const back = make("button", { type: "button", id: "step-back", title: "Previous step (p)" }, "‹ Back");
	const on = make("button", { type: "button", id: "step-on", title: "Next step (n)" }, "Next ›");
	back.addEventListener("click", () => goToStep(step - 1));
	on.addEventListener("click", () => goToStep(step + 1));
	return make("div", { className: "stepper", role: "group", ariaLabel: "Steps of the path" }, back, on,
		    make("span", { id: "step-now", className: "now" }));
};

const makeRuleDetails = (rule) =>
	make("details", { className: "about-rule" },
	     make("summary", {}, "The rule: bad and good code, what it cannot see, where it is written"), rule);

const showFinding = (number) => {
	const finding = index.findings[number];
	const article = parse(markupOf(`f${number}`));
	const ranges = article.dataset.x;
	article.removeAttribute("id");
	article.querySelector("h3").replaceWith(make("h2", {}, ...copyOf(article.querySelector("h3"))));
	article.querySelectorAll(".meta a").forEach((link) => {
		const shown = make(link.className === "rule" ? "code" : "span", { className: link.className }, link.textContent);
		link.replaceWith(shown);
	});
	const list = article.querySelector(".steps");
	list.classList.add(severityOf(finding));
	steps = [];
	step = -1;
	for (const item of list.children)
		steps.push(readStep(item, steps.length));
	const back = make("button", { type: "button", className: "back" }, "‹ All findings");
	back.addEventListener("click", () => { location.hash = "#overview"; });
	const path = make("div", { className: "path" });
	if (index.remark)
		path.append(make("p", { className: "degraded" }, index.remark));
	path.append(...ranges.split(";").map((one) => makeListing(Number(one.split(":")[0]), one.split(":")[1])));
	article.prepend(back);
	const rule = parse(markupOf(`r${finding[0]}`));
	rule.removeAttribute("id");
	const lesson = rule.querySelector(".lesson"); /* that of the finding lacks the documents */
	article.querySelector(".lesson").remove();
	list.before(lesson, make("h3", { className: "way" }, steps.length > 1 ? "How it comes about" : "Where it is"));
	list.after(makeStepper(), path);
	list.hidden = article.querySelector(".stepper").hidden = steps.length < 2; /* the headline says it all */
	article.append(makeRuleDetails(rule));
	byId("overview").hidden = true;
	byId("detail").querySelector("article")?.remove();
	byId("detail").append(article);
	page.dataset.view = "finding";
	goToStep(0, false);
	byId("announce").textContent = `Finding ${matching.indexOf(number) + 1} of ${matching.length}: ${finding[5]}`;
};

const setCurrent = (number) => {
	byId(`row${current}`)?.querySelector("a").removeAttribute("aria-current");
	current = number;
	if (number < 0)
		return;
	const position = matching.indexOf(number);
	if (position >= 0 && (position < first || position >= listed))
		listAround(position);
	const row = byId(`row${number}`), list = byId("list");
	if (!row)
		return;
	row.querySelector("a").setAttribute("aria-current", "true");
	const above = row.offsetTop - 40, below = row.offsetTop + row.offsetHeight;
	if (above < list.scrollTop || below > list.scrollTop + list.clientHeight)
		list.scrollTop = row.offsetTop - list.clientHeight / 3;
};

const showOverview = () => {
	setCurrent(-1);
	byId("detail").querySelector("article")?.remove();
	byId("overview").hidden = false;
	page.dataset.view = "overview";
	steps = [];
};

/* `#f12` is a finding; everything else is the overview. */
const route = () => {
	const found = /^#f(\d+)$/.exec(location.hash);
	performance.mark("so2check-open-begin");
	if (found && Number(found[1]) < index.findings.length && !isWhole()) {
		document.addEventListener("DOMContentLoaded", route, { once: true });
	} else if (found && Number(found[1]) < index.findings.length) {
		showFinding(Number(found[1]));
		setCurrent(Number(found[1]));
		if (byId("detail").getBoundingClientRect().top < 0)
			byId("detail").scrollIntoView({ block: "start" });
	} else {
		showOverview();
	}
	afterPaint(() => performance.measure("so2check-open", "so2check-open-begin"));
};

const goToFinding = (by) => {
	if (matching.length === 0)
		return;
	const position = matching.indexOf(current);
	const next = position < 0 ? (by > 0 ? 0 : matching.length - 1) : position + by;
	if (next >= 0 && next < matching.length)
		location.hash = `#f${matching[next]}`;
};

/* ---- controls ---- */

const makeChips = (place, names, amounts, labels, chosen) => {
	const used = names.filter((name) => amounts.get(name));
	byId(place).hidden = used.length < 2;
	for (const name of used) {
		const chip = make("button", { type: "button" }, `${labels(name, amounts.get(name))}`);
		chip.setAttribute("aria-pressed", "true");
		chip.addEventListener("click", () => {
			if (!chosen.delete(name))
				chosen.add(name);
			chip.setAttribute("aria-pressed", String(chosen.has(name)));
			applyFilter();
		});
		byId(place).append(chip);
	}
};

const fillSelect = (id, all, names, amounts) => {
	const choice = byId(id);
	choice.append(make("option", { value: -1 }, all));
	names.forEach((name, number) => {
		if (amounts[number])
			choice.append(make("option", { value: number }, `${name} (${amounts[number]})`));
	});
	choice.addEventListener("change", () => {
		filter[id.slice(3)] = Number(choice.value);
		applyFilter();
	});
};

/* How many findings there are of each severity, state, rule and file; in one go, as it is done while the page opens. */
const counts = { severities: new Map(), states: new Map(), rules: [], files: [] };
for (const [rule, file, , state] of index.findings) {
	counts.rules[rule] = (counts.rules[rule] || 0) + 1;
	counts.files[file] = (counts.files[file] || 0) + 1;
	counts.states.set(states[state], (counts.states.get(states[state]) || 0) + 1);
}
index.rules.forEach(([, , severity], rule) =>
	counts.severities.set(severity, (counts.severities.get(severity) || 0) + counts.rules[rule]));

const resetFilter = () => {
	Object.assign(filter, { words: [], severities: new Set(severities), states: new Set(states), rule: -1, file: -1 });
	byId("query").value = "";
	byId("by-rule").value = byId("by-file").value = "-1";
	byId("severities").replaceChildren();
	byId("states").replaceChildren();
	addChips();
	applyFilter();
};

const addChips = () => {
	makeChips("severities", severities, counts.severities, (name, count) => plural(count, name), filter.severities);
	makeChips("states", states, counts.states, (name, count) => `${count} ${name === "open" ? "that count" : name}`, filter.states);
};

/* What html/theme.js did before the page was painted. */
const themeNow = () => page.dataset.theme || "auto";

const showTheme = () => {
	byId("to-theme").textContent = `Theme: ${themeNow()}`;
};

const nextTheme = () => {
	const theme = themes[(themes.indexOf(themeNow()) + 1) % themes.length];
	if (theme === "auto")
		delete page.dataset.theme;
	else
		page.dataset.theme = theme;
	showTheme();
	try {
		localStorage.setItem("so2check-theme", theme);
	} catch {
		/* a page opened from a file may have no storage */
	}
};

const addControls = () => {
	addChips();
	fillSelect("by-rule", "All rules", index.rules.map((rule) => rule[0]), counts.rules);
	fillSelect("by-file", "All files", index.files, counts.files);
	byId("query").addEventListener("input", (event) => {
		filter.words = event.target.value.toLowerCase().split(/\s+/).filter((word) => word);
		applyFilter();
	});
	byId("reset").addEventListener("click", resetFilter);
	byId("to-overview").addEventListener("click", () => { location.hash = "#overview"; });
	byId("to-theme").addEventListener("click", nextTheme);
	byId("to-print").addEventListener("click", () => print());
	byId("to-keys").addEventListener("click", () => byId("keys").showModal());
	showTheme();
	byId("top").append(byId("tools"));
	byId("tools").hidden = false;
};

/* A row of the overview lists its findings. */
const chooseFromOverview = (event) => {
	const row = event.target.closest("a") && event.target.closest("tr");
	if (!row)
		return;
	event.preventDefault();
	resetFilter();
	const id = row.dataset.rule ? "by-rule" : "by-file";
	byId(id).value = row.dataset.rule || row.dataset.file;
	byId(id).dispatchEvent(new Event("change"));
	if (matching.length > 0)
		location.hash = `#f${matching[0]}`;
};

const leave = () => {
	const query = byId("query");
	if (document.activeElement === query && !query.value)
		query.blur();
	else if (query.value)
		resetFilter();
	else
		location.hash = "#overview";
};

const keys = {
	"j": () => goToFinding(1),
	"k": () => goToFinding(-1),
	"n": () => goToStep(step + 1),
	"p": () => goToStep(step - 1),
	"ArrowRight": () => goToStep(step + 1),
	"ArrowLeft": () => goToStep(step - 1),
	"/": () => byId("query").focus(),
	"o": () => { location.hash = "#overview"; },
	"t": nextTheme,
	"?": () => byId("keys").showModal(),
};

const onKey = (event) => {
	if (event.ctrlKey || event.metaKey || event.altKey || byId("keys").open)
		return;
	if (event.key === "Escape") {
		leave();
		return;
	}
	if (event.target.closest("input, select, textarea, .lines") && !/^[jknpot/?]$/.test(event.key) ||
	    event.target.closest("input, select, textarea"))
		return;
	if (Object.hasOwn(keys, event.key)) {
		event.preventDefault();
		keys[event.key]();
	}
};

/* ---- paper has all that is listed ---- */

const fillPrinted = () => {
	const used = new Set(matching.map((number) => index.findings[number][0]));
	const findings = matching.map((number) => markupOf(`f${number}`)).join("");
	const rules = [...used].map((number) => markupOf(`r${number}`)).join("");
	byId("printed").innerHTML = `<h2>Findings</h2>${findings}<h2>The rules</h2>${rules}`;
	byId("printed").before(byId("overview"));
	byId("overview").hidden = false;
};

const emptyPrinted = () => {
	byId("printed").replaceChildren();
	if (index.findings.length > 0)
		byId("detail").prepend(byId("overview"));
	byId("overview").hidden = page.dataset.view === "finding";
};

const onListScroll = () => {
	const list = byId("list");
	if (listed < matching.length && list.scrollTop + list.clientHeight > list.scrollHeight - 600)
		listMore();
	if (first > 0 && list.scrollTop < 300)
		listBefore();
};

addControls();
if (index.findings.length > 0) {
	byId("app").hidden = false;
	byId("detail").append(byId("overview"));
}
applyFilter();
route();
addEventListener("hashchange", route);
addEventListener("keydown", onKey);
addEventListener("beforeprint", fillPrinted);
addEventListener("afterprint", emptyPrinted);
byId("overview").addEventListener("click", chooseFromOverview);
byId("list").addEventListener("scroll", onListScroll, { passive: true });
afterPaint(() => performance.mark("so2check-ready"));
})();
