import { equal, ok, rejects } from "node:assert/strict";
import { openSentimentLexicon } from "./sentiment_lexicon.ts";
import oracle from "./sentiment_oracle.json" with { type: "json" };
import { sentiment, sentimentMetric } from "./sentiment.ts";
import { sentimentWords } from "./sentiment_words.ts";

const lexicon = await openSentimentLexicon();

Deno.test("sentimentWords() equals the words that TextBlob 0.20 reads", () => {
  oracle.texts.forEach((text, i) =>
    equal(sentimentWords(text).join(" "), oracle.words[i], JSON.stringify(text))
  );
});

Deno.test("sentiment() equals TextBlob 0.20 within 1e-9", () => {
  oracle.texts.forEach((text, i) => {
    const { polarity, subjectivity } = sentiment(text, lexicon);
    ok(Math.abs(polarity - (oracle.polarity[i] ?? NaN)) <= 1e-9, `${JSON.stringify(text)}: ${polarity}`);
    ok(
      Math.abs(subjectivity - (oracle.subjectivity[i] ?? NaN)) <= 1e-9,
      `${JSON.stringify(text)}: ${subjectivity}`,
    );
    ok(polarity >= -1 && polarity <= 1 && subjectivity >= 0 && subjectivity <= 1);
  });
});

Deno.test("sentiment() of a letter of a million characters", () => {
  equal(sentiment("not good. ".repeat(100_000), lexicon).polarity.toFixed(6), "-0.350000");
  equal(sentiment(".".repeat(1_000_000), lexicon).polarity, 0);
});

Deno.test("sentimentMetric() scores the candidate, and says which lexicon is missing or damaged", async () => {
  const pairs = [{ id: "1", reference: "terrible", candidate: "good" }];
  equal((await sentimentMetric("polarity").score(pairs, {})).values[0]?.toFixed(1), "0.7");
  const missing = sentimentMetric("polarity", () => openSentimentLexicon("nowhere.tsv"));
  await rejects(
    async () => await missing.score(pairs, {}),
    /nowhere\.tsv: missing\. It is part of the project/,
  );
  const file = await Deno.makeTempFile();
  await Deno.writeTextFile(file, "word\tpolarity\tsubjectivity\tintensity\tmodifies\ngood\t0.7\n");
  await rejects(openSentimentLexicon(file), new RegExp(`^Error: ${file}:2: not a word and four numbers`));
  await Deno.remove(file);
});
