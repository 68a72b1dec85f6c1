/**
 * A render's report as one page to look at: {@link io.mixgraph.documents.page.ReportPage}.
 *
 * <p>The page is a single file that needs nothing else: no network, no script, no font. It is HTML that is also
 * well-formed XML. Plots are SVG stretched to the width of the page, and whatever is written in them is HTML laid over
 * them, so that letters keep their size on every screen. Each section is one class that writes into a
 * {@link io.mixgraph.documents.page.Markup}; numbers become text in {@link io.mixgraph.documents.page.Figures} and in
 * {@link io.mixgraph.documents.page.Plot} only. Bus colours are one set through the whole page, told apart with any
 * kind of colour vision.
 */
@NullMarked
package io.mixgraph.documents.page;

import org.jspecify.annotations.NullMarked;
