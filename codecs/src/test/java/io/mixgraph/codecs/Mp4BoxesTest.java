package io.mixgraph.codecs;

import static io.mixgraph.codecs.Mp4Boxes.box;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Mp4BoxesTest {
    private static final byte[] DATA = box("udta", box("stem", "{}".getBytes(StandardCharsets.US_ASCII)));

    @TempDir
    Path folder = Path.of("");

    private byte[] withUserData(byte[]... boxes) throws IOException {
        Path path = Files.write(folder.resolve("it.mp4"), join(boxes));
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            Mp4Boxes.putUserData(file, DATA);
        }
        return Files.readAllBytes(path);
    }

    private static byte[] join(byte[]... boxes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : boxes) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    @Test
    void aBoxIsItsSizeItsTypeAndItsParts() {
        assertThat(box("©nam", new byte[] {1, 2}, new byte[] {3}))
                .containsExactly(0, 0, 0, 11, 0xA9, 'n', 'a', 'm', 1, 2, 3);
        assertThat(box("free")).containsExactly(0, 0, 0, 8, 'f', 'r', 'e', 'e');
    }

    @Test
    void userDataIsAddedOrReplacedAndNothingElseMoves() throws IOException {
        byte[] ftyp = box("ftyp", new byte[16]);
        byte[] mdat = box("mdat", new byte[1_000]);
        byte[] tracks = box("trak", new byte[300]);
        byte[] expected = join(ftyp, mdat, box("moov", tracks, DATA));
        assertThat(withUserData(ftyp, mdat, box("moov", tracks))).isEqualTo(expected);
        assertThat(withUserData(ftyp, mdat, box("moov", tracks, box("udta", new byte[500]))))
                .isEqualTo(expected);
        assertThat(withUserData(ftyp, mdat, box("moov", tracks, DATA))).isEqualTo(expected);
    }

    @Test
    void sizesOf64BitsArePassedOver() throws IOException {
        byte[] mdat = ByteBuffer.allocate(116)
                .putInt(1)
                .put("mdat".getBytes(StandardCharsets.US_ASCII))
                .putLong(116)
                .array();
        assertThat(withUserData(mdat, box("moov"))).isEqualTo(join(mdat, box("moov", DATA)));
    }

    @Test
    void whatIsNoSuchFileIsRefusedAndNotTouched() throws IOException {
        byte[][] wrong = {
            join(box("moov"), box("mdat", new byte[50])),
            join(box("moov"), new byte[] {0, 0, 0, 50, 'f', 'r', 'e', 'e'}),
            join(box("moov"), new byte[] {0, 0, 0, 2, 'f', 'r', 'e', 'e'}),
            new byte[0]
        };
        for (byte[] bytes : wrong) {
            assertThatThrownBy(() -> withUserData(bytes))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("MP4 file");
            assertThat(Files.readAllBytes(folder.resolve("it.mp4"))).isEqualTo(bytes);
        }
    }
}
