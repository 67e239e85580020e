/** SVG figures as PDF. @module */

import PDFDocument from "pdfkit";
import svgToPdf from "svg-to-pdfkit";
import { fontBytes } from "./fonts.ts";
import { svgSize } from "./svg_size.ts";

/** As much of a PDFKit document as is used. */
interface PdfDocument extends AsyncIterable<Uint8Array> {
  registerFont(name: string, font: Uint8Array): void;
  end(): void;
}

const pointsPerPixel = 0.75; // CSS: 96 pixels and 72 points to the inch

/**
 * An SVG as a PDF of its size with the figures' font in it. It holds no date, so the same SVG gives the same bytes.
 *
 * @throws {Error} when the SVG states no width and height in pixels
 *
 * @example
 * ```ts
 * import { svgPdf } from "./pdf.ts";
 * import { equal } from "node:assert/strict";
 * const pdf = await svgPdf('<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><text y="9">a</text></svg>');
 * equal(new TextDecoder().decode(pdf.subarray(0, 5)), "%PDF-");
 * ```
 */
export async function svgPdf(svg: string): Promise<Uint8Array<ArrayBuffer>> {
  const { width, height } = svgSize(svg);
  const document: PdfDocument = new PDFDocument({
    size: [width * pointsPerPixel, height * pointsPerPixel],
    margin: 0,
    info: { CreationDate: new Date(0), ModDate: new Date(0) },
  });
  document.registerFont("regular", fontBytes("regular"));
  document.registerFont("bold", fontBytes("bold"));
  svgToPdf(document, svg, 0, 0, {
    fontCallback: (_family: string, bold: boolean) => bold ? "bold" : "regular",
  });
  document.end();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of document) chunks.push(Uint8Array.from(chunk));
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}
