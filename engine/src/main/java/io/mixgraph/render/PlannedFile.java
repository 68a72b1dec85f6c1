package io.mixgraph.render;

import io.mixgraph.audio.AudioFormat;
import io.mixgraph.audio.SampleEncoding;

/**
 * A file that a render will write.
 *
 * @param id the bus's id, {@code master} or {@code pre_master}
 * @param kind what it is
 * @param path where, relative to the output folder, with forward slashes
 * @param format rate and channels
 * @param encoding how samples are stored
 * @param frames its exact length
 * @param bytes its exact size
 * @param inSum whether it is one of the stems that sum to the master's input
 */
public record PlannedFile(
        String id,
        Kind kind,
        String path,
        AudioFormat format,
        SampleEncoding encoding,
        long frames,
        long bytes,
        boolean inSum) {

    /** What a file is. */
    public enum Kind {
        AUDIO_MASTER,
        AUDIO_PRE_MASTER,
        AUDIO_BUS_STEM
    }
}
