package io.mixgraph.bench.peers;

import io.mixgraph.audio.Decibels;
import io.mixgraph.audio.Numbers;
import io.mixgraph.bench.Job;
import java.util.List;

/**
 * FFmpeg, in one of the forms in which it can do a job.
 *
 * @param id a word for files
 * @param name for tables
 * @param command the program
 * @param form how it is used
 * @param cores how many processes run side by side
 */
record Ffmpeg(String id, String name, String command, Form form, int cores) implements Program {
    /** How it is used. */
    enum Form {
        /** One graph of filters, with the options that come to mind. */
        PLAIN,
        /** The same graph, with large reads and without threads inside it, which cost more than they give. */
        TUNED,
        /** A process for each bus, as many at a time as there are cores, then one that adds up. */
        BUS_BY_BUS
    }

    @Override
    public List<String> versionCommand() {
        return List.of(command, "-version");
    }

    @Override
    public String remark() {
        return switch (form) {
            case PLAIN ->
                "What most people write: one filter graph for stems, mix and measurement; then gain and" + " limiter.";
            case TUNED -> "The same with large reads and one thread in the graph.";
            case BUS_BY_BUS ->
                "A process for each bus, as many at a time as there are cores; one that adds up and measures; then gain and"
                        + " limiter.";
        };
    }

    @Override
    public int invocations(Job job) {
        return form == Form.BUS_BY_BUS ? job.buses().size() + 2 : 2;
    }

    @Override
    public String script(Job job) {
        String folder = folder();
        String start = "set -e\nmkdir -p " + folder + "/stems\n";
        return start
                + (form == Form.BUS_BY_BUS
                        ? busByBus(job, folder) + FfmpegFinish.sum(job, command, folder)
                        : oneGraph(job, folder))
                + FfmpegFinish.master(command, form == Form.PLAIN ? "" : FfmpegFinish.LARGE_READS, folder);
    }

    private String oneGraph(Job job, String folder) {
        List<Job.Strip> strips = job.strips();
        StringBuilder text = new StringBuilder(command).append(" -nostdin -hide_banner -y");
        if (form == Form.TUNED) {
            text.append(" -filter_complex_threads 1");
        }
        inputs(strips, text);
        text.append(" \\\n    -filter_complex '");
        for (int i = 0; i < strips.size(); i++) {
            text.append(strip(i, strips.get(i), "t" + i));
        }
        StringBuilder mix = new StringBuilder();
        for (int b = 0; b < job.buses().size(); b++) {
            Job.Bus bus = job.buses().get(b);
            for (int i = 0; i < strips.size(); i++) {
                if (strips.get(i).bus() == b) {
                    text.append("[t").append(i).append(']');
                }
            }
            text.append(bus(bus, BusFunctions.members(job, b).size()))
                    .append(",asplit[")
                    .append(bus.id())
                    .append("][to_mix_")
                    .append(bus.id())
                    .append("];\n");
            mix.append("[to_mix_").append(bus.id()).append(']');
        }
        text.append(mix)
                .append("amix=inputs=")
                .append(job.buses().size())
                .append(":normalize=0,ebur128=framelog=verbose[mix]'");
        for (Job.Bus bus : job.buses()) {
            text.append(" \\\n    -map '[").append(bus.id()).append("]'").append(stem(bus, folder));
        }
        text.append(" \\\n    -map '[mix]' -c:a pcm_f32le -rf64 auto ")
                .append(folder)
                .append("/pre_master.wav 2> ")
                .append(folder)
                .append("/measured.log\n");
        return text.toString();
    }

    private String busByBus(Job job, String folder) {
        StringBuilder text = new StringBuilder();
        for (int b = 0; b < job.buses().size(); b++) {
            Job.Bus bus = job.buses().get(b);
            List<Job.Strip> strips = BusFunctions.members(job, b);
            text.append(bus.id()).append("() {\n").append(command);
            text.append(" -nostdin -hide_banner -y -filter_complex_threads 1");
            inputs(strips, text);
            text.append(" \\\n    -filter_complex '");
            StringBuilder mixed = new StringBuilder();
            for (int i = 0; i < strips.size(); i++) {
                text.append(strip(i, strips.get(i), "t" + i));
                mixed.append("[t").append(i).append(']');
            }
            text.append(mixed).append(bus(bus, strips.size())).append("[bus]' \\\n    -map '[bus]'");
            text.append(stem(bus, folder))
                    .append(" 2> ")
                    .append(folder)
                    .append("/stems.")
                    .append(bus.id());
            text.append(".log\n}\n");
        }
        return text.append(BusFunctions.call(job, cores)).toString();
    }

    private void inputs(List<Job.Strip> strips, StringBuilder text) {
        for (Job.Strip strip : strips) {
            text.append(" \\\n    ");
            if (form != Form.PLAIN) {
                text.append(FfmpegFinish.LARGE_READS).append(' ');
            }
            text.append("-i ").append(strip.file());
        }
    }

    private static String strip(int input, Job.Strip strip, String label) {
        SideGains gains = SideGains.of(strip);
        return "[" + input + ":a]pan=stereo|c0=" + SideGains.text(gains.left()) + "*c0|c1="
                + SideGains.text(gains.right()) + "*c" + (strip.channels() - 1) + "[" + label + "];\n";
    }

    /** A bus from its sum to its fader. */
    private static String bus(Job.Bus bus, int inputs) {
        StringBuilder text = new StringBuilder("amix=inputs=").append(inputs);
        text.append(":normalize=0,highpass=f=").append(Numbers.text(Job.HIGHPASS_HZ));
        for (Job.Bell bell : bus.bells()) {
            text.append(",equalizer=f=")
                    .append(Numbers.text(bell.frequencyHz()))
                    .append(":t=q:w=")
                    .append(Numbers.text(bell.q()))
                    .append(":g=")
                    .append(Numbers.text(bell.gainDb()));
        }
        return text.append(",acompressor=threshold=")
                .append(SideGains.text(Decibels.toGain(bus.thresholdDb())))
                .append(":ratio=")
                .append(Numbers.text(Job.RATIO))
                .append(":attack=")
                .append(Numbers.text(Job.ATTACK_MS))
                .append(":release=")
                .append(Numbers.text(Job.RELEASE_MS))
                .append(":knee=")
                .append(SideGains.text(Decibels.toGain(Job.KNEE_DB)))
                .append(":makeup=1:detection=peak:link=maximum,volume=")
                .append(Numbers.text(bus.gainDb()))
                .append("dB")
                .toString();
    }

    private static String stem(Job.Bus bus, String folder) {
        return " -c:a pcm_s24le -rf64 auto " + folder + "/stems/" + bus.id() + ".wav";
    }
}
