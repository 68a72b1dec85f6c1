package io.mixgraph.bench.peers;

import io.mixgraph.bench.peers.Ffmpeg.Form;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.Loader;

/** The programs that Mixgraph is measured against, each in the forms that were found to be worth it. */
final class Programs {
    static final String PLAIN_FFMPEG = "ffmpeg_plain";

    private Programs() {}

    /**
     * @param cache a folder into which FFmpeg 8 is unpacked, from the jar that decodes for Mixgraph
     * @param cores of the machine
     */
    static List<Program> all(Path cache, int cores) {
        System.setProperty("org.bytedeco.javacpp.cachedir", cache.toString());
        return all(Loader.load(org.bytedeco.ffmpeg.ffmpeg.class), cores);
    }

    /**
     * @param ffmpeg8 the program FFmpeg 8
     * @param cores of the machine
     */
    static List<Program> all(String ffmpeg8, int cores) {
        return List.of(
                new Ffmpeg(PLAIN_FFMPEG, "FFmpeg, as most people write it", "ffmpeg", Form.PLAIN, cores),
                new Ffmpeg("ffmpeg", "FFmpeg, tuned", "ffmpeg", Form.TUNED, cores),
                new Ffmpeg("ffmpeg_buses", "FFmpeg, bus by bus", "ffmpeg", Form.BUS_BY_BUS, cores),
                new Ffmpeg("ffmpeg8", "FFmpeg 8, tuned", ffmpeg8, Form.TUNED, cores),
                new Ffmpeg("ffmpeg8_buses", "FFmpeg 8, bus by bus", ffmpeg8, Form.BUS_BY_BUS, cores),
                new Sox(false, cores),
                new Sox(true, cores),
                new Ecasound(cores),
                new Csound(cores));
    }
}
