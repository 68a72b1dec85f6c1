package io.mixgraph.bench.peers;

import io.mixgraph.audio.Numbers;
import io.mixgraph.bench.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Ecasound with plugins of the LADSPA collection swh-plugins, as its own effects have no bell; FFmpeg finishes.
 *
 * @param cores how many processes run side by side
 */
record Ecasound(int cores) implements Program {
    /** Frames at a time; whole seconds are a whole number of them. */
    private static final int BLOCK_FRAMES = 960;

    @Override
    public String id() {
        return "ecasound";
    }

    @Override
    public String name() {
        return "Ecasound, then FFmpeg";
    }

    @Override
    public List<String> versionCommand() {
        return List.of("ecasound", "--version");
    }

    @Override
    public String remark() {
        return "A process for each bus, as many at a time as there are cores, with plugins (swh-plugins); FFmpeg adds up, measures and limits."
                + " The device by which chains are summed delays: stems are late by a block of " + BLOCK_FRAMES
                + " frames, and lack as much at their end.";
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
            bus(job, b, text);
        }
        return text.append(BusFunctions.call(job, cores))
                .append(FfmpegFinish.sum(job, "ffmpeg", folder))
                .append(FfmpegFinish.master("ffmpeg", FfmpegFinish.LARGE_READS, folder))
                .toString();
    }

    private void bus(Job job, int index, StringBuilder text) {
        Job.Bus bus = job.buses().get(index);
        text.append(bus.id()).append("() {\necasound -q -D -d:0 -b:").append(BLOCK_FRAMES);
        text.append(" -z:nodb -r:-1 -x -f:f32_le,2,48000");
        List<String> chains = new ArrayList<>();
        for (Job.Strip strip : BusFunctions.members(job, index)) {
            SideGains gains = SideGains.of(strip);
            text.append(" \\\n    -a:").append(strip.id()).append(" -i ").append(strip.file());
            if (strip.channels() == 1) {
                text.append(" -chcopy:1,2");
            }
            text.append(" -eac:").append(SideGains.text(100.0 * gains.left())).append(",1");
            text.append(" -eac:").append(SideGains.text(100.0 * gains.right())).append(",2");
            chains.add(strip.id());
        }
        text.append(" \\\n    -a:").append(String.join(",", chains)).append(" -o loop,1 -a:bus -i loop,1");
        text.append(" \\\n    -el:butthigh_iir,")
                .append(Numbers.text(Job.HIGHPASS_HZ))
                .append(",0.707 -el:triplePara,0,100,0.5");
        for (Job.Bell bell : bus.bells()) {
            text.append(',')
                    .append(Numbers.text(bell.gainDb()))
                    .append(',')
                    .append(Numbers.text(bell.frequencyHz()))
                    .append(',')
                    .append(octaves(bell.q()));
        }
        // One block is written beyond the time that is asked for.
        double seconds = job.seconds() - (double) BLOCK_FRAMES / Job.SAMPLE_RATE;
        text.append(",0,10000,0.5 -el:sc4,1,")
                .append(Numbers.text(Job.ATTACK_MS))
                .append(',')
                .append(Numbers.text(Job.RELEASE_MS))
                .append(',')
                .append(Numbers.text(bus.thresholdDb()))
                .append(',')
                .append(Numbers.text(Job.RATIO))
                .append(',')
                .append(Numbers.text(Job.KNEE_DB / 2.0))
                .append(",0 -eadb:")
                .append(Numbers.text(bus.gainDb()))
                .append(" \\\n    -f:s24_le,2,48000 -o:")
                .append(folder())
                .append("/stems/")
                .append(bus.id())
                .append(".wav -t:")
                .append(String.format(Locale.ROOT, "%.4f", seconds))
                .append(" > ")
                .append(folder())
                .append('/')
                .append(bus.id())
                .append(".log 2>&1 < /dev/null\n}\n");
    }

    /** The bandwidth of a bell in octaves: 2·asinh(1/(2Q))/ln 2. */
    private static String octaves(double q) {
        double half = 0.5 / q;
        double octaves = 2.0 * StrictMath.log(half + Math.sqrt(half * half + 1.0)) / StrictMath.log(2.0);
        return String.format(Locale.ROOT, "%.4f", octaves);
    }
}
