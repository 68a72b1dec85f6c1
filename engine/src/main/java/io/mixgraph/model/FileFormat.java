package io.mixgraph.model;

import io.mixgraph.audio.SampleEncoding;
import io.mixgraph.fx.Parameter;

/** The format of a file that is written. */
public record FileFormat(
        @Parameter(doc = "The container.", absent = "wav") Container format,

        @Parameter(doc = "How samples are stored.", absent = "pcm24")
        SampleEncoding encoding) {
    public static final FileFormat PCM24 = new FileFormat(Container.WAV, SampleEncoding.PCM24);

    public FileFormat {
        format = format == null ? Container.WAV : format;
        encoding = encoding == null ? SampleEncoding.PCM24 : encoding;
    }

    /** Containers that can be written. */
    public enum Container {
        /** RIFF WAVE; RF64 past 4 GiB. */
        WAV
    }
}
