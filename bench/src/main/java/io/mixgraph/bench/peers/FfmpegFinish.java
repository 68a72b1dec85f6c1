package io.mixgraph.bench.peers;

import io.mixgraph.audio.Decibels;
import io.mixgraph.audio.Numbers;
import io.mixgraph.bench.Job;
import java.util.stream.Collectors;

/** The end of a job by FFmpeg, which programs without a loudness meter or a limiter borrow. */
final class FfmpegFinish {
    /** Large reads, which make FFmpeg fast; its own choice is 4 KiB, and a queue of 8 packets for each file. */
    static final String LARGE_READS = "-max_size 49152 -thread_queue_size 64";

    /** What samples at four times the rate, and the way back, miss of the ceiling at most. */
    static final double MARGIN_DB = 0.2;

    private FfmpegFinish() {}

    /**
     * Adds the stems up into {@code pre_master.wav} and measures it on the way.
     *
     * @param folder the program's, with stems
     */
    static String sum(Job job, String ffmpeg, String folder) {
        String inputs = job.buses().stream()
                .map(bus -> " \\\n    " + LARGE_READS + " -i " + folder + "/stems/" + bus.id() + ".wav")
                .collect(Collectors.joining());
        return ffmpeg + " -nostdin -hide_banner -y -filter_complex_threads 1" + inputs
                + " \\\n    -filter_complex 'amix=inputs=" + job.buses().size()
                + ":normalize=0,ebur128=framelog=verbose[mix]' \\\n    -map '[mix]' -c:a pcm_f32le -rf64 auto " + folder
                + "/pre_master.wav 2> " + folder + "/measured.log\n";
    }

    /**
     * Makes the master of {@code pre_master.wav}: the gain to the target by what {@code measured.log} says, then the
     * limiter at four times the rate, where samples are nearly as high as what is between them.
     *
     * @param reading options of the input, or nothing
     */
    static String master(String ffmpeg, String reading, String folder) {
        return "lufs=$(awk '/^ *I:/ {lufs = $2} END {print lufs}' " + folder + "/measured.log)\n"
                + "gain=$(awk \"BEGIN {print "
                + Numbers.text(Job.TARGET_LUFS) + " - $lufs}\")\n" + ffmpeg + " -nostdin -hide_banner -y "
                + reading + " -i " + folder + "/pre_master.wav \\\n    -af \"volume=${gain}dB:precision=double,"
                + "aresample=" + 4 * Job.SAMPLE_RATE + ",alimiter=limit="
                + SideGains.text(Decibels.toGain(Job.CEILING_DBTP - MARGIN_DB))
                + ":level=false:attack=5:release=50:latency=1,aresample=" + Job.SAMPLE_RATE
                + "\" \\\n    -c:a pcm_s24le -rf64 auto " + folder + "/master.wav 2> " + folder + "/limited.log\n";
    }
}
