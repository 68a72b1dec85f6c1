package io.mixgraph.codecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mixgraph.audio.AudioFormat;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;

class CodecsTest {
    @Test
    void extensionsAreInOrder() {
        assertThat(Codecs.extensions())
                .isSorted()
                .doesNotHaveDuplicates()
                .contains("flac", "mp3", "m4a", "ogg", "opus");
        assertThat(Codecs.extensions()).doesNotContain("wav");
    }

    @Test
    void nothingOfFfmpegIsTouchedBeforeItIsNeeded() throws Exception {
        URL[] withoutFfmpeg = {
            Codecs.class.getProtectionDomain().getCodeSource().getLocation(),
            AudioFormat.class.getProtectionDomain().getCodeSource().getLocation()
        };
        try (URLClassLoader loader = new URLClassLoader(withoutFfmpeg, ClassLoader.getPlatformClassLoader())) {
            Class<?> codecs = loader.loadClass(Codecs.class.getName());
            assertThat(codecs.getMethod("extensions").invoke(null)).isEqualTo(Codecs.extensions());
            assertThatThrownBy(() -> codecs.getMethod("version").invoke(null))
                    .isInstanceOf(InvocationTargetException.class)
                    .cause()
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("does not load")
                    .hasMessageContaining("Convert the sources to WAV");
        }
    }
}
