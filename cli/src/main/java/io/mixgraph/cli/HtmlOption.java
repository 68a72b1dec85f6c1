package io.mixgraph.cli;

import picocli.CommandLine.Option;

/** The option of the commands that write a page. */
final class HtmlOption {
    @Option(
            names = "--html",
            description = "Also write report.html: the render as a page to look at, with no need for a network.")
    private boolean html;

    boolean wanted() {
        return html;
    }
}
