/** @jsxImportSource preact */
/// <reference lib="dom" />
/** The explorer's page. @module */

import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { address, linkTo, linkWithoutToken } from "./address.ts";
import { useAsk } from "./ask.ts";
import { chosenTheme, nextTheme, themeName } from "./theme.ts";
import { TipBox } from "./tip.tsx";
import { type Start, views } from "./views.ts";

function App() {
  const start = useAsk<Start>("api/start", {});
  const { view: name } = address.value;
  const view = views.find((one) => one.name === name) ?? views[0];
  useEffect(() => {
    document.title = `${view?.title} · Palimpsest`;
  }, [view]);
  return (
    <>
      <a class="skip" href="#main" onClick={skip}>Skip to the content</a>
      <header class="top">
        <strong class="brand">Palimpsest</strong>
        <nav aria-label="Views">
          {views.map((one) => (
            <a key={one.name} href={linkTo(one.name, {})} aria-current={one === view ? "page" : undefined}>
              {one.title}
            </a>
          ))}
        </nav>
        <span class="grow" />
        <CopyLink />
        <button type="button" class="quiet" onClick={nextTheme} title="Colours: as the system, light, dark">
          {themeName(chosenTheme.value)}
        </button>
      </header>
      <main id="main" tabIndex={-1}>
        {start.error !== undefined && <p class="error" role="alert">{start.error}</p>}
        {start.data && view && <view.Component key={view.name} start={start.data} />}
      </main>
      <TipBox />
    </>
  );
}

/** The hash is the view's: the link moves the focus and no more. */
function skip(event: Event): void {
  event.preventDefault();
  document.getElementById("main")?.focus();
}

function CopyLink() {
  const [done, setDone] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(linkWithoutToken());
    setDone(true);
    setTimeout(() => setDone(false), 1500);
  };
  return (
    <button type="button" class="quiet" onClick={copy} title="A link to this view, without the token">
      <span aria-live="polite">{done ? "Copied" : "Copy link"}</span>
    </button>
  );
}

const root = document.getElementById("app");
if (root) {
  root.replaceChildren();
  render(<App />, root);
}
