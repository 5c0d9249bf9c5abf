/* The HTML report as people use it: report.js CHROMIUM FOLDER SCREENSHOTS, with the reports that report.sh made.
 *
 * SO2_BROWSER_LIMIT_MS: how long opening, filtering and stepping may take (200, what people take for at once); for
 * machines that do other things at the same time. */
"use strict";
const { chromium } = require("playwright-core");
const axe = require("axe-core");

const [executablePath, folder, screenshots] = process.argv.slice(2);
const limit = Number(process.env.SO2_BROWSER_LIMIT_MS || 200);
const manyFindings = 5000;
const wide = { width: 1400, height: 900 };
const narrow = { width: 390, height: 800 };
let failed = 0, passed = 0;

const check = (name, isRight, shown = "") => {
	if (isRight) {
		passed++;
		return;
	}
	failed++;
	console.log(`FAILED: ${name} ${shown}`);
};

const equal = (name, given, expected) => check(name, given === expected, `is ${JSON.stringify(given)}, not ${JSON.stringify(expected)}`);

/* A page of its own; whatever it complains of, asks for or pops up is a failure. */
const withPage = async (browser, report, options, action) => {
	const context = await browser.newContext({ viewport: wide, ...options });
	const page = await context.newPage();
	const complain = (what) => check(`${report}: ${what}`, false);
	page.on("console", (message) => ["error", "warning"].includes(message.type()) && complain(message.text()));
	page.on("pageerror", (error) => complain(error.message));
	page.on("dialog", (dialog) => { complain(`dialog ${dialog.message()}`); dialog.dismiss(); });
	page.on("request", (request) => request.isNavigationRequest() || request.url().startsWith("data:") || complain(request.url()));
	await page.goto(`file://${folder}/${report}.html`);
	await action(page);
	await context.close();
};

const accessible = async (page, name) => {
	await page.evaluate(axe.source);
	const { violations } = await page.evaluate(() => axe.run());
	for (const { id, nodes } of violations)
		check(`${name}: axe`, false, `${id}: ${nodes.map((node) => `${node.html.slice(0, 120)} ${node.failureSummary}`).slice(0, 3).join("; ")}`);
	check(`${name}: axe`, violations.length === 0);
};

const shown = (page) => page.locator("#shown").textContent();
/* What was clicked or pressed has had its effect: some of it comes with a later event (hashchange) or frame. */
const settle = (page) => page.evaluate(() => new Promise((done) => {
	requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 0)));
}));
const click = async (page, locator) => {
	await locator.click();
	await settle(page);
};
const pressKey = async (page, key) => {
	await page.keyboard.press(key);
	await settle(page);
};

const headline = (page) => page.locator("#detail article h2").textContent();
const stepNow = (page) => page.locator("#step-now b").textContent();
const visibleRows = (page) => page.locator("#list .item").count();

const testReading = (browser) => withPage(browser, "mixed", {}, async (page) => {
	equal("findings that are listed", await shown(page), "5 findings");
	check("what was not analysed is seen first", await page.locator("#missing").isVisible());
	check("the overview", await page.locator("#overview").isVisible());

	await click(page, page.locator("#list a", { hasText: "wanted is never freed" }));
	equal("the finding", await headline(page), "wanted is never freed when pump_fetch returns here");
	check("the overview makes room", !await page.locator("#overview").isVisible());
	check("why it is wrong", await page.locator(".lesson").getByText("Why this is wrong").isVisible());
	check("where that is written", await page.locator(".lesson").getByText("memory-allocation.rst").isVisible());
	equal("the path begins", await stepNow(page), "Step 1 of 5");
	equal("its place is marked", await page.locator(".lines .l.now mark").allTextContents().then((all) => all.join("")), "kmalloc(64, GFP_KERNEL)");
	check("no way back from the first", await page.locator("#step-back").isDisabled());
	for (let step = 2; step <= 5; step++) {
		await click(page, page.locator("#step-on"));
		equal("Next", await stepNow(page), `Step ${step} of 5`);
	}
	check("the last is the end", await page.locator("#step-on").isDisabled());
	check("and in sight", await page.locator(".bubble.now.end").isVisible());
	equal("its line", await page.locator(".lines .l.now").getAttribute("data-n"), "20");
	await click(page, page.locator(".steps li button").nth(1));
	equal("a step of the list", await stepNow(page), "Step 2 of 5");
	await click(page, page.locator(".bubble").nth(3));
	equal("a remark in the source", await stepNow(page), "Step 4 of 5");
	equal("comments are told apart", await page.locator(".lines .c").first().textContent(), "/* what is wanted, from user space */");

	await click(page, page.locator(".about-rule summary"));
	check("the rule's page", await page.locator(".about-rule").getByRole("heading", { name: "Good" }).isVisible());
	equal("its weakness", await page.locator(".about-rule .cwe").first().textContent(), "CWE-401");

	await page.goBack();
	check("back to the overview", await page.locator("#overview").isVisible());
});

const testFilters = (browser) => withPage(browser, "mixed", {}, async (page) => {
	await page.fill("#query", "SLEEP msleep");
	equal("words in any order", await shown(page), "1 of 5 findings");
	equal("its row", await visibleRows(page), 1);
	await page.fill("#query", "nothing has this");
	equal("no match", await shown(page), "0 of 5 findings");
	await click(page, page.locator("#reset"));
	equal("all again", await shown(page), "5 findings");
	await click(page, page.locator("#states button", { hasText: "known" }));
	await click(page, page.locator("#states button", { hasText: "allowed" }));
	equal("only what counts", await shown(page), "3 of 5 findings");
	await click(page, page.locator("#reset"));
	await page.selectOption("#by-rule", { label: "lin-mem-leak (1)" });
	equal("by rule", await shown(page), "1 of 5 findings");
	await page.selectOption("#by-rule", "-1");
	await page.selectOption("#by-file", { label: "mixed/open.c (3)" });
	equal("by file", await shown(page), "3 of 5 findings");
	await click(page, page.locator("#to-overview"));
	await click(page, page.locator(".by-rule a", { hasText: "lin-sleep-in-atomic" }));
	equal("a row of the overview", await shown(page), "1 of 5 findings");
	check("shows the first", (await headline(page)).includes("msleep"));
});

const testStates = (browser) => withPage(browser, "mixed", {}, async (page) => {
	await click(page, page.locator("#list a", { hasText: "second_lock" }));
	check("why it is allowed", await page.getByText("the caller releases it", { exact: true }).isVisible());
	await click(page, page.locator("#list a", { hasText: "device_lock" }));
	check("that it is known", await page.getByText("Known from the earlier report").isVisible());
});

const testKeys = (browser) => withPage(browser, "mixed", {}, async (page) => {
	const press = (key) => pressKey(page, key);
	await press("j");
	const first = await headline(page);
	await press("j");
	check("j: the next", await headline(page) !== first);
	await press("k");
	equal("k: the one before", await headline(page), first);
	await press("n");
	equal("n: a step on", (await stepNow(page)).slice(0, 6), "Step 2");
	await press("ArrowRight");
	equal("right: a step on", (await stepNow(page)).slice(0, 6), "Step 3");
	await press("p");
	equal("p: a step back", (await stepNow(page)).slice(0, 6), "Step 2");
	await press("/");
	await page.keyboard.type("jump");
	equal("/: letters are words there", await shown(page), "0 of 5 findings");
	await press("Escape");
	equal("Escape: all again", await shown(page), "5 findings");
	await press("Escape");
	await press("o");
	check("o: the overview", await page.locator("#overview").isVisible());
	await press("?");
	check("?: the keys", await page.locator("#keys").isVisible());
	await accessible(page, "keys");
	await press("Escape");
	check("and away", !await page.locator("#keys").isVisible());
	await press("t");
	await press("t");
	equal("t: dark", await page.locator("html").getAttribute("data-theme"), "dark");
	await page.reload();
	equal("which is kept", await page.locator("html").getAttribute("data-theme"), "dark");
	/* with Tab alone: the first finding can be reached and opened */
	await page.locator("#by-file").focus();
	for (let i = 0; i < 4 && !await page.evaluate(() => document.activeElement.matches("#list a")); i++)
		await press("Tab");
	await press("Enter");
	equal("Tab and Enter", await headline(page), first);
});

const testLooks = async (browser) => {
	for (const colorScheme of ["light", "dark"]) {
		await withPage(browser, "mixed", { colorScheme }, async (page) => {
			await accessible(page, `overview, ${colorScheme}`);
			await page.screenshot({ path: `${screenshots}/overview-${colorScheme}.png` });
			await click(page, page.locator("#list a", { hasText: "wanted is never freed" }));
			await click(page, page.locator(".about-rule summary"));
			await accessible(page, `finding, ${colorScheme}`);
			await click(page, page.locator(".about-rule summary"));
			await page.screenshot({ path: `${screenshots}/finding-${colorScheme}.png` });
			const [back, text] = await page.evaluate(() => {
				const style = getComputedStyle(document.body);
				return [style.backgroundColor, style.color].map((color) => Number(color.match(/\d+/)[0]));
			});
			check(`${colorScheme} is ${colorScheme}`, colorScheme === "dark" ? back < text : back > text);
		});
		await withPage(browser, "mixed", { colorScheme, javaScriptEnabled: false }, async (page) => {
			await page.screenshot({ path: `${screenshots}/plain-${colorScheme}.png`, fullPage: true });
		});
	}
	await withPage(browser, "mixed", { viewport: narrow }, async (page) => {
		const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
		check("narrow: the overview fits", await fits());
		await click(page, page.locator("#list a", { hasText: "wanted is never freed" }));
		check("narrow: a finding fits", await fits());
		await accessible(page, "narrow");
		await page.screenshot({ path: `${screenshots}/narrow.png` });
		await click(page, page.locator(".back"));
		check("narrow: back to the list", await page.locator("#list").isVisible());
	});
};

const testWithoutScripts = (browser) => withPage(browser, "mixed", { javaScriptEnabled: false }, async (page) => {
	equal("all findings", await page.locator("article.finding").count(), 5);
	check("can be read", await page.getByRole("heading", { name: "wanted is never freed when pump_fetch returns here" }).isVisible());
	check("with the source", await page.locator("#s0-14").isVisible());
	check("and the rule", await page.getByRole("heading", { name: "memory leak" }).isVisible());
	check("nothing that needs the script", !await page.locator("#app").isVisible() && !await page.locator("#tools").isVisible());
});

const testPrinting = (browser) => withPage(browser, "mixed", {}, async (page) => {
	await page.selectOption("#by-rule", { label: "lin-mem-leak (1)" });
	await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
	await page.emulateMedia({ media: "print" });
	equal("what is listed is printed", await page.locator("#printed article").count(), 1);
	check("with its rule", await page.locator("#printed .rule-page").isVisible());
	check("without the list", !await page.locator("#app").isVisible());
	await page.screenshot({ path: `${screenshots}/print.png`, fullPage: true });
	await page.evaluate(() => dispatchEvent(new Event("afterprint")));
	equal("and nothing is left of it", await page.locator("#printed article").count(), 0);
	const pdf = await page.pdf({ format: "A4" });
	check("a PDF", pdf.length > 10000);
});

const testOthers = async (browser) => {
	await withPage(browser, "clean", {}, async (page) => {
		check("no findings", await page.getByText("No findings", { exact: true }).isVisible());
		check("and no empty list", !await page.locator("#list").isVisible());
		await accessible(page, "clean");
	});
	await withPage(browser, "merged", {}, async (page) => {
		await pressKey(page, "j");
		check("it is said what is not there", await page.getByText("only the lines of the steps").isVisible());
		equal("those are", await page.locator(".lines .l").count(), 3);
	});
	await withPage(browser, "hostile", {}, async (page) => {
		await pressKey(page, "j");
		await click(page, page.locator(".about-rule summary"));
		equal("markup is text", await page.locator("img").count(), 0);
		check("and is shown", (await page.locator(".lines").textContent()).includes("<script>alert(2)</script>"));
	});
	await withPage(browser, "hostile", { javaScriptEnabled: false }, async (page) => {
		equal("without scripts, too", await page.locator("img").count(), 0);
	});
};

/* The page's own measures, of the best of some rounds: what else the machine does is not the report's doing. */
const measure = async (page, name, action) => {
	await page.evaluate((measured) => performance.clearMeasures(measured), name);
	await action();
	const entry = await page.waitForFunction((measured) => performance.getEntriesByName(measured)[0]?.duration, name);
	return entry.jsonValue();
};

const testMany = async (browser) => {
	const best = {};
	const note = (name, duration) => { best[name] = Math.min(best[name] ?? Infinity, duration); };
	for (let round = 0; round < 5; round++) {
		await withPage(browser, "many", {}, async (page) => {
			const ready = await page.waitForFunction(() => performance.getEntriesByName("so2check-ready")[0]?.startTime);
			note("open the report", await ready.jsonValue());
			await page.waitForLoadState();
			equal("all of them", await shown(page), `${manyFindings} findings`);
			for (const words of ["t", "tank1", "lin-mem-leak", "tank9_499", ""])
				note(`filter by "${words}"`, await measure(page, "so2check-filter", () => page.fill("#query", words)));
			note("filter by file", await measure(page, "so2check-filter", () => page.selectOption("#by-file", "3")));
			note("clear filters", await measure(page, "so2check-filter", () => page.click("#reset")));
			note("show a finding", await measure(page, "so2check-open", () => page.click("#list a >> nth=4")));
			note("show the last", await measure(page, "so2check-open", () => page.evaluate((last) => { location.hash = `#f${last}`; }, manyFindings - 1)));
			check("which is in the list", await page.locator(`#row${manyFindings - 1} a[aria-current]`).isVisible());
			/* scrolling brings more, up and down */
			const before = await visibleRows(page);
			await page.evaluate(() => { document.getElementById("list").scrollTop = 0; });
			await page.waitForFunction((count) => document.querySelectorAll("#list .item").length > count, before);
		});
	}
	for (const [name, duration] of Object.entries(best)) {
		console.log(`${manyFindings} findings: ${name}: ${duration.toFixed(0)} ms`);
		check(`${name} within ${limit} ms`, duration <= limit, `took ${duration.toFixed(0)} ms`);
	}
};

const main = async () => {
	const browser = await chromium.launch({
		executablePath,
		args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
		       "--disable-component-update", "--disable-sync"],
	});
	try {
		for (const test of [testReading, testFilters, testStates, testKeys, testLooks, testWithoutScripts, testPrinting,
				    testOthers, testMany])
			await test(browser);
	} finally {
		await browser.close();
	}
	console.log(`in the browser: ${passed} passed, ${failed} failed`);
	process.exit(failed > 0 ? 1 : 0);
};

main().catch((error) => {
	console.log(`FAILED: ${error.stack}`);
	process.exit(1);
});
