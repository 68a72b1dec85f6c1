package io.mixgraph.codecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mixgraph.audio.SampleEncoding;
import io.mixgraph.loudness.Loudness;
import io.mixgraph.model.FileFormat.Container;
import io.mixgraph.model.Tags;
import io.mixgraph.render.PlannedFile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TagsTest {
    private static final Tags ALL = new Tags(
            "Première — 初",
            "Ärger & Söhne",
            "An album",
            "Various",
            7,
            "2026-11-25",
            "Dub",
            "DE-A12-26-00001",
            "one\nand \"two\"",
            null);

    /** −18 + 9.876 dB = −8.124 dB; 10^(−0.5 / 20) = 0.944061; (−23 + 9.876) · 256 = −3359.7. */
    private static final Loudness LOUD = new Loudness(-9.876, 5.0, -0.5, -0.7, -6.0, -8.0, -20.0);

    private static final Loudness SILENT = new Loudness(
            Double.NEGATIVE_INFINITY,
            0.0,
            Double.NEGATIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.NEGATIVE_INFINITY);

    @TempDir
    Path folder = Path.of("");

    private Path write(Container container, Tags tags, byte @Nullable [] cover, @Nullable Loudness loudness)
            throws IOException {
        SampleEncoding encoding = container == Container.STEM_MP4 ? SampleEncoding.PCM16 : null;
        PlannedFile file = Encoding.planned(container, encoding, 48_000, 2, 12_345);
        Path path = folder.resolve("it." + container.extension());
        Encoding.write(Codecs.encoder(cover), path, file, Encoding.sound(file, 1), 512, tags, loudness);
        DecodedFile decoded = Codecs.open(path, "it", 0);
        Encoding.read(decoded);
        assertThat(decoded.frames()).isEqualTo(12_345);
        assertThat(Encoding.found(decoded).warnings()).isEmpty();
        return path;
    }

    @ParameterizedTest
    @EnumSource(names = {"FLAC", "ALAC", "MP3", "AAC", "OPUS", "STEM_MP4"})
    void everyTagIsFoundByAnotherReader(Container container) throws IOException {
        Map<String, String> found =
                Metadata.of(write(container, ALL, null, LOUD)).tags();
        assertThat(found)
                .containsEntry("TITLE", "Première — 初")
                .containsEntry("ARTIST", "Ärger & Söhne")
                .containsEntry("ALBUM", "An album")
                .containsEntry("ALBUM_ARTIST", "Various")
                .containsEntry("TRACK", "7")
                .containsEntry("DATE", "2026-11-25")
                .containsEntry("GENRE", "Dub")
                .containsEntry("COMMENT", "one\nand \"two\"")
                .containsEntry(container == Container.MP3 ? "TSRC" : "ISRC", "DEA122600001");
        if (container == Container.OPUS) {
            assertThat(found).containsEntry("R128_TRACK_GAIN", "-3360");
            assertThat(found.keySet()).noneMatch(key -> key.startsWith("REPLAYGAIN"));
        } else {
            assertThat(found)
                    .containsEntry("REPLAYGAIN_TRACK_GAIN", "-8.12 dB")
                    .containsEntry("REPLAYGAIN_TRACK_PEAK", "0.944061");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLAC", "ALAC", "MP3", "AAC", "OPUS"})
    void silenceHasNoGain(Container container) throws IOException {
        Map<String, String> found =
                Metadata.of(write(container, ALL, null, SILENT)).tags();
        assertThat(found.keySet()).noneMatch(key -> key.endsWith("GAIN"));
    }

    @ParameterizedTest
    @EnumSource(names = {"FLAC", "ALAC", "MP3", "AAC", "OPUS"})
    void whatIsNotSaidIsNotThere(Container container) throws IOException {
        Map<String, String> found =
                Metadata.of(write(container, Tags.NONE, null, null)).tags();
        found.keySet()
                .removeAll(java.util.Set.of(
                        "MAJOR_BRAND", "MINOR_VERSION", "COMPATIBLE_BRANDS", "LANGUAGE", "HANDLER_NAME", "VENDOR_ID"));
        // Delay and length of AAC.
        found.remove("ITUNSMPB");
        // What the Info tag of MP3 is signed with.
        found.remove("ENCODER", "Lavf");
        assertThat(found).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"FLAC", "ALAC", "MP3", "AAC", "OPUS", "STEM_MP4"})
    void theCoverComesBackAsItIs(Container container) throws IOException {
        for (String kind : new String[] {"png", "jpg"}) {
            byte[] cover = picture(kind);
            Metadata found = Metadata.of(write(container, ALL, cover, LOUD));
            assertThat(found.pictures()).as(kind).containsExactly(Metadata.boxed(cover));
        }
    }

    @Test
    void opusHoldsTheCoverAsAFlacPicture() throws IOException {
        byte[] cover = picture("png");
        String text = Files.readString(write(Container.OPUS, ALL, cover, null), StandardCharsets.ISO_8859_1);
        int at = text.indexOf("METADATA_BLOCK_PICTURE=") + 23;
        // The start of RFC 9639's block: type 3, front cover; the media type's length and text.
        byte[] start = Base64.getDecoder().decode(text.substring(at, at + 24));
        assertThat(start).startsWith(0, 0, 0, 3, 0, 0, 0, 9, 'i', 'm', 'a', 'g', 'e', '/', 'p', 'n', 'g');
    }

    @ParameterizedTest
    @ValueSource(strings = {"GIF89a, really", "", "\u0089PN"})
    void aCoverThatIsNeitherJpegNorPngIsRefused(String text) {
        assertThatThrownBy(() -> Codecs.encoder(text.getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(IOException.class)
                .hasMessage("the cover is neither a JPEG nor a PNG file; convert it to one of them");
    }

    @Test
    void aCoverThatFitsIntoNoBlockIsRefused() {
        byte[] huge = new byte[1 << 24];
        huge[0] = (byte) 0xFF;
        huge[1] = (byte) 0xD8;
        huge[2] = (byte) 0xFF;
        assertThatThrownBy(() -> Codecs.encoder(huge))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("16777216 bytes")
                .hasMessageContaining("make the picture smaller");
    }

    @Test
    void gainsAreRoundedAndBounded() {
        Loudness faint = new Loudness(-69.999, 0, -70.0, -70.0, -70.0, -70.0, -80.0);
        Description description = new Description(ALL, null, faint);
        assertThat(description.replayGain().get("REPLAYGAIN_TRACK_GAIN")).isEqualTo("52.00 dB");
        assertThat(description.replayGain().get("REPLAYGAIN_TRACK_PEAK")).isEqualTo("0.000316");
        // (−23 + 69.999) · 256 = 12031.7.
        assertThat(description.r128Gain()).isEqualTo("12032");
    }

    private static byte[] picture(String kind) throws IOException {
        BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
        image.setRGB(3, 4, 0xAA5500);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, kind, out)).isTrue();
        assertThat(ImageIO.read(new ByteArrayInputStream(out.toByteArray()))).isNotNull();
        return out.toByteArray();
    }
}
