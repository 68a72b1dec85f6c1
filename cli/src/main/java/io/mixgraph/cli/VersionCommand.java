package io.mixgraph.cli;

import io.mixgraph.MixEngine;
import io.mixgraph.render.RenderReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

@Command(name = "version", description = "Show the engine's version and the revision of its sound.")
final class VersionCommand extends Subcommand implements IVersionProvider {
    @Override
    void run() {
        if (json()) {
            print(new RenderReport.Engine(MixEngine.NAME, MixEngine.VERSION, MixEngine.DSP_REVISION));
        } else {
            out().println(getVersion()[0]);
        }
    }

    @Override
    public String[] getVersion() {
        return new String[] {MixEngine.NAME + " " + MixEngine.VERSION + " (dsp_revision " + MixEngine.DSP_REVISION + ")"
        };
    }
}
