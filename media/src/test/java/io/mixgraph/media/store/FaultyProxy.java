package io.mixgraph.media.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** Stands before a service on this machine and does to chosen requests what networks and busy services do. */
final class FaultyProxy implements Closeable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final int servicePort;
    private final ServerSocket server;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private record Rule(Pattern request, AtomicInteger left, Fault fault) {}

    /** What happens to a request instead of being passed on. */
    interface Fault {
        void happen(Exchange exchange) throws IOException;
    }

    FaultyProxy(int servicePort) throws IOException {
        this.servicePort = servicePort;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(() -> {
            while (true) {
                Socket client = server.accept();
                start(() -> serve(client));
            }
        });
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // One side is gone, which is what this is for.
                    }
                },
                "faulty-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    /** All requests until now, such as {@code PUT /bucket/key?partNumber=1}. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    /** Lets a fault happen to the next so many requests in which the pattern is found. */
    void fail(String request, int times, Fault fault) {
        rules.add(new Rule(Pattern.compile(request), new AtomicInteger(times), fault));
    }

    private void serve(Socket socket) throws IOException {
        try (socket) {
            Exchange exchange = new Exchange(socket);
            requests.add(exchange.request);
            for (Rule rule : rules) {
                if (rule.request.matcher(exchange.request).find() && rule.left.getAndDecrement() > 0) {
                    rule.fault.happen(exchange);
                    return;
                }
            }
            exchange.pass(Long.MAX_VALUE);
        }
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        server.close();
    }

    /** One request and its answer; the connection ends with it. */
    final class Exchange {
        private final Socket client;
        private final String request;
        private final String head;
        private final long length;

        private Exchange(Socket client) throws IOException {
            this.client = client;
            String text = head(client.getInputStream());
            if (text.isEmpty()) {
                throw new IOException("a connection without a request");
            }
            String first = text.substring(0, text.indexOf("\r\n"));
            this.request = first.substring(0, first.lastIndexOf(' '));
            StringBuilder passed = new StringBuilder(first).append("\r\nConnection: close\r\n");
            long bytes = 0;
            for (String line :
                    text.lines().skip(1).filter(each -> !each.isEmpty()).toList()) {
                String lower = line.toLowerCase(Locale.ROOT);
                if (lower.startsWith("content-length:")) {
                    bytes = Long.parseLong(line.substring(15).strip());
                }
                if (!lower.startsWith("connection:")) {
                    passed.append(line).append("\r\n");
                }
            }
            this.head = passed + "\r\n";
            this.length = bytes;
        }

        /** Whether a line is among the headers. */
        boolean has(String header) {
            return head.toLowerCase(Locale.ROOT).contains("\r\n" + header.toLowerCase(Locale.ROOT));
        }

        /** Passes the request on, and so many bytes of the answer's body. */
        void pass(long bytes) throws IOException {
            try (Socket service = upload(length, BUFFER_BYTES, 0)) {
                download(service, bytes, BUFFER_BYTES, 0);
            }
        }

        private Socket upload(long bytes, int atOnce, int pauseMs) throws IOException {
            Socket service = new Socket(InetAddress.getLoopbackAddress(), servicePort);
            service.getOutputStream().write(head.getBytes(ISO_8859_1));
            copy(client.getInputStream(), service.getOutputStream(), bytes, atOnce, pauseMs);
            return service;
        }

        private void download(Socket service, long bytes, int atOnce, int pauseMs) throws IOException {
            client.getOutputStream().write(head(service.getInputStream()).getBytes(ISO_8859_1));
            copy(service.getInputStream(), client.getOutputStream(), bytes, atOnce, pauseMs);
        }

        private void copy(InputStream from, OutputStream to, long bytes, int atOnce, int pauseMs) throws IOException {
            byte[] buffer = new byte[atOnce];
            for (long left = bytes; left > 0; ) {
                int read = from.read(buffer, 0, (int) Math.min(left, atOnce));
                if (read < 0) {
                    return;
                }
                to.write(buffer, 0, read);
                left -= read;
                if (pauseMs > 0) {
                    hold(pauseMs);
                }
            }
        }

        private void hold(long ms) throws IOException {
            try {
                if (closed.await(ms, TimeUnit.MILLISECONDS)) {
                    throw new IOException("closed");
                }
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            head.write(b);
            if (b == '\n' && head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
                break;
            }
        }
        return head.toString(ISO_8859_1);
    }

    /** The service answers nothing but a status, in S3's form. */
    static Fault answer(int status, String code) {
        return exchange -> {
            exchange.copy(exchange.client.getInputStream(), OutputStream.nullOutputStream(), exchange.length, 4096, 0);
            String body = exchange.request.startsWith("HEAD")
                    ? ""
                    : "<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>so it is</Message></Error>";
            exchange.client
                    .getOutputStream()
                    .write(("HTTP/1.1 " + status + " Fault\r\nContent-Type: application/xml\r\nConnection: close\r\n"
                                    + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                            .getBytes(ISO_8859_1));
        };
    }

    /** The connection breaks after so many bytes of the request's body. */
    static Fault cutUpload(long bytes) {
        return exchange -> {
            exchange.upload(bytes, BUFFER_BYTES, 0).close();
            exchange.client.setSoLinger(true, 0);
        };
    }

    /** The connection breaks after so many bytes of the answer's body. */
    static Fault cutDownload(long bytes) {
        return exchange -> exchange.pass(bytes);
    }

    /** The service does what it was asked for, but its answer is lost. */
    static Fault loseAnswer() {
        return exchange -> {
            try (Socket service = exchange.upload(exchange.length, BUFFER_BYTES, 0)) {
                head(service.getInputStream());
            }
            exchange.client.setSoLinger(true, 0);
        };
    }

    /** Nothing more of the request's body is taken after so many bytes. */
    static Fault stallUpload(long bytes) {
        return exchange -> {
            Socket service = exchange.upload(bytes, BUFFER_BYTES, 0);
            try {
                exchange.hold(Long.MAX_VALUE);
            } finally {
                service.close();
            }
        };
    }

    /** Nothing more of the answer's body comes after so many bytes. */
    static Fault stallDownload(long bytes) {
        return exchange -> {
            try (Socket service = exchange.upload(exchange.length, BUFFER_BYTES, 0)) {
                exchange.download(service, bytes, BUFFER_BYTES, 0);
                exchange.hold(Long.MAX_VALUE);
            }
        };
    }

    /** The request's body is taken slowly. */
    static Fault slowUpload(int atOnce, int pauseMs) {
        return exchange -> {
            try (Socket service = exchange.upload(exchange.length, atOnce, pauseMs)) {
                exchange.download(service, Long.MAX_VALUE, BUFFER_BYTES, 0);
            }
        };
    }

    /** The answer's body comes slowly. */
    static Fault slowDownload(int atOnce, int pauseMs) {
        return exchange -> {
            try (Socket service = exchange.upload(exchange.length, BUFFER_BYTES, 0)) {
                exchange.download(service, Long.MAX_VALUE, atOnce, pauseMs);
            }
        };
    }
}
