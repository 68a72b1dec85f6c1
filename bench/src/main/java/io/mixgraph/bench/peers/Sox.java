package io.mixgraph.bench.peers;

import io.mixgraph.audio.Numbers;
import io.mixgraph.bench.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * SoX: a process for each bus, as many at a time as there are cores, and one that adds up.
 *
 * @param alone whether SoX finishes the master as well, rather than FFmpeg
 * @param cores how many processes run side by side
 */
record Sox(boolean alone, int cores) implements Program {
    private static final String SOX = "sox -D -V1";

    /** Below full scale, where SoX's integers cannot clip, while the limiter works. */
    private static final double HEADROOM_DB = 6.0;

    /** K-weighting (ITU-R BS.1770-5, tables 1 and 2) at 48 kHz, as SoX's biquad takes it: b0 b1 b2 a0 a1 a2. */
    private static final String K_WEIGHTING = "biquad 1.53512485958697 -2.69169618940638 1.19839281085285"
            + " 1 -1.69065929318241 0.73248077421585 biquad 1 -2 1 1 -1.99004745483398 0.99007225036621";

    @Override
    public String id() {
        return alone ? "sox_alone" : "sox";
    }

    @Override
    public String name() {
        return alone ? "SoX alone" : "SoX, then FFmpeg";
    }

    @Override
    public List<String> versionCommand() {
        return List.of("sox", "--version");
    }

    @Override
    public String remark() {
        return alone
                ? "A process for each bus, as many at a time as there are cores; one that adds up; one that measures, without gates, which SoX"
                        + " has not; then gain and a compressor at four times the rate as a limiter. 32-bit integers."
                : "A process for each bus, as many at a time as there are cores; one that adds up; FFmpeg measures and limits. 32-bit integers.";
    }

    @Override
    public int invocations(Job job) {
        return job.buses().size() + 3;
    }

    @Override
    public String script(Job job) {
        String folder = folder();
        StringBuilder text =
                new StringBuilder("set -e\nmkdir -p ").append(folder).append("/stems\n");
        for (int b = 0; b < job.buses().size(); b++) {
            bus(job, b, text);
        }
        text.append(BusFunctions.call(job, cores));
        text.append(SOX).append(" -m");
        for (Job.Bus bus : job.buses()) {
            text.append(" -v 1 ")
                    .append(folder)
                    .append("/stems/")
                    .append(bus.id())
                    .append(".wav");
        }
        text.append(" -b 32 ").append(folder).append("/pre_master.wav\n");
        return text.append(alone ? finish(folder) : finishByFfmpeg(folder)).toString();
    }

    /** Merges the recordings into as many channels as they have together, which one effect mixes to two. */
    private void bus(Job job, int index, StringBuilder text) {
        Job.Bus bus = job.buses().get(index);
        List<String> files = new ArrayList<>();
        List<String> left = new ArrayList<>();
        List<String> right = new ArrayList<>();
        int channel = 1;
        for (Job.Strip strip : BusFunctions.members(job, index)) {
            SideGains gains = SideGains.of(strip);
            files.add(strip.file());
            left.add(channel + "v" + SideGains.text(gains.left()));
            right.add((channel + strip.channels() - 1) + "v" + SideGains.text(gains.right()));
            channel += strip.channels();
        }
        double threshold = bus.thresholdDb();
        text.append(bus.id()).append("() {\n").append(SOX).append(" -M ").append(String.join(" ", files));
        text.append(" \\\n    -b 24 ")
                .append(folder())
                .append("/stems/")
                .append(bus.id())
                .append(".wav");
        text.append(" \\\n    remix -m ")
                .append(String.join(",", left))
                .append(' ')
                .append(String.join(",", right));
        text.append(" \\\n    highpass ").append(Numbers.text(Job.HIGHPASS_HZ));
        for (Job.Bell bell : bus.bells()) {
            text.append(" equalizer ")
                    .append(Numbers.text(bell.frequencyHz()))
                    .append(' ')
                    .append(Numbers.text(bell.q()))
                    .append("q ")
                    .append(Numbers.text(bell.gainDb()));
        }
        text.append(" \\\n    compand ")
                .append(Numbers.text(Job.ATTACK_MS / 1000.0))
                .append(',')
                .append(Numbers.text(Job.RELEASE_MS / 1000.0))
                .append(' ')
                .append(Numbers.text(Job.KNEE_DB))
                .append(":-90,-90,")
                .append(Numbers.text(threshold))
                .append(',')
                .append(Numbers.text(threshold))
                .append(",0,")
                .append(Numbers.rounded(threshold - threshold / Job.RATIO, 3).toPlainString())
                .append(" 0 -90 gain ")
                .append(Numbers.text(bus.gainDb()))
                .append("\n}\n");
    }

    private static String finishByFfmpeg(String folder) {
        return "ffmpeg -nostdin -hide_banner " + FfmpegFinish.LARGE_READS + " -i " + folder
                + "/pre_master.wav \\\n    -af ebur128=framelog=verbose -f null - 2> " + folder + "/measured.log\n"
                + FfmpegFinish.master("ffmpeg", FfmpegFinish.LARGE_READS, folder);
    }

    /**
     * The mean power of both channels after K-weighting gives the gain; the mean over channels, which SoX prints, is
     * 3.01 dB below their sum. A compressor that sees ahead, rises at once and lets nothing rise over its threshold
     * limits.
     */
    private static String finish(String folder) {
        String ceiling = Numbers.text(Job.CEILING_DBTP - FfmpegFinish.MARGIN_DB - HEADROOM_DB);
        return List.of(
                        "level=$(" + SOX + " " + folder + "/pre_master.wav -n " + K_WEIGHTING
                                + " stats 2>&1 | awk '/RMS lev dB/ {print $4}')",
                        "gain=$(awk \"BEGIN {print " + Numbers.text(Job.TARGET_LUFS) + " - ($level + 3.01 - 0.691) - "
                                + Numbers.text(HEADROOM_DB) + "}\")",
                        SOX + " " + folder + "/pre_master.wav -b 24 " + folder + "/master.wav \\",
                        "    gain $gain rate -h " + 4 * Job.SAMPLE_RATE + " compand 0,0.05 -90,-90," + ceiling + ","
                                + ceiling + ",0," + ceiling + " " + Numbers.text(HEADROOM_DB) + " -90 0.0015 rate -h "
                                + Job.SAMPLE_RATE)
                .stream()
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }
}
