package io.mixgraph.codecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PacketSpoolTest {
    private static final int[] SIZES = {0, 1, 700, 65_536, 200_000, 3, 65_537, 40_000, 40_000, 0};

    @TempDir
    Path folder = Path.of("");

    @BeforeAll
    static void load() throws IOException {
        Ffmpeg.load();
    }

    @Test
    void packetsComeBackInOrderWithAllThatBelongsToThem() throws IOException {
        AVPacket packet = avcodec.av_packet_alloc();
        try (PacketSpool spool = PacketSpool.create(folder.resolve("packets"))) {
            for (int i = 0; i < SIZES.length; i++) {
                avcodec.av_new_packet(packet, SIZES[i]);
                packet.pts(i - 1).dts(Long.MIN_VALUE).duration(1_000L * i).flags(i % 2);
                packet.data().put(bytes(i, SIZES[i]), 0, SIZES[i]);
                for (int side = 0; side < i % 3; side++) {
                    avcodec.av_packet_new_side_data(packet, side == 0 ? avcodec.AV_PKT_DATA_SKIP_SAMPLES : 1, 10 + side)
                            .put(bytes(100 + i, 10 + side), 0, 10 + side);
                }
                spool.add(i % 5, packet);
                avcodec.av_packet_unref(packet);
            }
            spool.rewind();
            for (int i = 0; i < SIZES.length; i++) {
                assertThat(spool.next(packet)).isTrue();
                assertThat(packet.stream_index()).isEqualTo(i % 5);
                assertThat(packet.pts()).isEqualTo(i - 1);
                assertThat(packet.dts()).isEqualTo(Long.MIN_VALUE);
                assertThat(packet.duration()).isEqualTo(1_000L * i);
                assertThat(packet.flags()).isEqualTo(i % 2);
                assertThat(content(packet.data(), packet.size())).isEqualTo(bytes(i, SIZES[i]));
                assertThat(packet.side_data_elems()).isEqualTo(i % 3);
                if (i % 3 > 0) {
                    try (SizeTPointer size = new SizeTPointer(1)) {
                        BytePointer data =
                                avcodec.av_packet_get_side_data(packet, avcodec.AV_PKT_DATA_SKIP_SAMPLES, size);
                        assertThat(content(data, (int) size.get())).isEqualTo(bytes(100 + i, 10));
                    }
                }
                avcodec.av_packet_unref(packet);
            }
            assertThat(spool.next(packet)).isFalse();
        } finally {
            avcodec.av_packet_free(packet);
        }
        try (Stream<Path> all = Files.list(folder)) {
            assertThat(all).isEmpty();
        }
    }

    @Test
    void whatWasCutShortIsAnError() throws IOException {
        Path file = folder.resolve("packets");
        AVPacket packet = avcodec.av_packet_alloc();
        try (FileChannel channel = FileChannel.open(
                        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                PacketSpool spool = new PacketSpool(channel)) {
            avcodec.av_new_packet(packet, 1_000);
            spool.add(0, packet);
            avcodec.av_packet_unref(packet);
            spool.rewind();
            channel.truncate(500);
            channel.position(0);
            assertThatThrownBy(() -> spool.next(packet))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cut short");
        } finally {
            avcodec.av_packet_free(packet);
        }
    }

    private static byte[] bytes(int seed, int count) {
        byte[] bytes = new byte[count];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static byte[] content(BytePointer data, int size) {
        byte[] bytes = new byte[size];
        if (size > 0) {
            data.get(bytes, 0, size);
        }
        return bytes;
    }
}
