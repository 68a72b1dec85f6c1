package io.mixgraph.bench.peers;

import io.mixgraph.audio.Decibels;
import io.mixgraph.audio.Numbers;
import io.mixgraph.bench.Job;
import java.util.ArrayList;
import java.util.List;

/**
 * Csound: a process for each bus, as many at a time as there are cores, its orchestra beside the stem; FFmpeg finishes.
 *
 * @param cores how many processes run side by side
 */
record Csound(int cores) implements Program {
    /** Frames at a time; whole seconds are a whole number of them. */
    private static final int BLOCK_FRAMES = 640;

    @Override
    public String id() {
        return "csound";
    }

    @Override
    public String name() {
        return "Csound, then FFmpeg";
    }

    @Override
    public List<String> versionCommand() {
        return List.of("csound", "--version");
    }

    @Override
    public String remark() {
        return "A process for each bus, as many at a time as there are cores; FFmpeg adds up, measures and limits. Double precision.";
    }

    @Override
    public int invocations(Job job) {
        return job.buses().size() + 2;
    }

    @Override
    public String script(Job job) {
        String folder = folder();
        StringBuilder text =
                new StringBuilder("set -e\nmkdir -p ").append(folder).append("/stems\n");
        for (int b = 0; b < job.buses().size(); b++) {
            String id = job.buses().get(b).id();
            text.append(id)
                    .append("() {\ncat > ")
                    .append(folder)
                    .append('/')
                    .append(id)
                    .append(".csd << 'EOF'\n");
            text.append(orchestra(job, b)).append("EOF\ncsound -n -d -m0 ");
            text.append(folder).append('/').append(id).append(".csd > ");
            text.append(folder).append('/').append(id).append(".log 2>&1 < /dev/null\n}\n");
        }
        return text.append(BusFunctions.call(job, cores))
                .append(FfmpegFinish.sum(job, "ffmpeg", folder))
                .append(FfmpegFinish.master("ffmpeg", FfmpegFinish.LARGE_READS, folder))
                .toString();
    }

    private String orchestra(Job job, int index) {
        Job.Bus bus = job.buses().get(index);
        List<String> lines = new ArrayList<>(List.of(
                "<CsoundSynthesizer>",
                "<CsInstruments>",
                "sr = " + Job.SAMPLE_RATE,
                "ksmps = " + BLOCK_FRAMES,
                "nchnls = 2",
                "0dbfs = 1",
                "instr 1"));
        List<String> left = new ArrayList<>();
        List<String> right = new ArrayList<>();
        for (Job.Strip strip : BusFunctions.members(job, index)) {
            SideGains gains = SideGains.of(strip);
            String first = "a_" + strip.id() + "_1";
            String last = "a_" + strip.id() + "_" + strip.channels();
            lines.add((strip.channels() == 1 ? first : first + ", " + last) + " soundin \"" + strip.file() + "\"");
            left.add(first + " * " + SideGains.text(gains.left()));
            right.add(last + " * " + SideGains.text(gains.right()));
        }
        channel("aL", String.join(" + ", left), bus, lines);
        channel("aR", String.join(" + ", right), bus, lines);
        double half = Job.KNEE_DB / 2.0;
        String settings = ", aKey, -90, " + Numbers.text(bus.thresholdDb() - half) + ", "
                + Numbers.text(bus.thresholdDb() + half) + ", " + Numbers.text(Job.RATIO) + ", "
                + Numbers.text(Job.ATTACK_MS / 1000.0) + ", " + Numbers.text(Job.RELEASE_MS / 1000.0) + ", 0";
        String fader = SideGains.text(Decibels.toGain(bus.gainDb()));
        lines.addAll(List.of(
                "aKey max abs(aL), abs(aR)",
                "aL compress2 aL" + settings,
                "aR compress2 aR" + settings,
                // 18: WAV of 24 bits.
                "fout \"" + folder() + "/stems/" + bus.id() + ".wav\", 18, aL * " + fader + ", aR * " + fader,
                "endin",
                "</CsInstruments>",
                "<CsScore>",
                "i1 0 " + job.seconds(),
                "</CsScore>",
                "</CsoundSynthesizer>"));
        return String.join("\n", lines) + "\n";
    }

    private static void channel(String name, String sum, Job.Bus bus, List<String> lines) {
        lines.add(name + " = " + sum);
        // The last figure of rbjeq is the kind: 2 is a highpass, 8 a bell.
        lines.add(name + " rbjeq " + name + ", " + Numbers.text(Job.HIGHPASS_HZ) + ", 1, 0.7071, 1, 2");
        for (Job.Bell bell : bus.bells()) {
            lines.add(name + " rbjeq " + name + ", " + Numbers.text(bell.frequencyHz()) + ", "
                    + SideGains.text(Decibels.toGain(bell.gainDb())) + ", " + Numbers.text(bell.q()) + ", 1, 8");
        }
    }
}
