package dev.parley.inference.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/** Performs replies on one connection. An interrupt ends whatever it waits for. */
final class ReplyPlayer {

    private final Socket socket;
    private final OutputStream out;
    private final Runnable lastBytesFollow;
    private boolean chunked;
    private boolean closeDelimited;

    /**
     * Prepares to answer on a socket.
     *
     * @param lastBytesFollow called before the write after which a client has no more reason to stay
     */
    ReplyPlayer(Socket socket, Runnable lastBytesFollow) throws IOException {
        this.socket = socket;
        this.out = socket.getOutputStream();
        this.lastBytesFollow = lastBytesFollow;
    }

    /** Blocks for as long as the reply takes; returns whether the connection can take another request. */
    boolean play(Reply reply) throws IOException, InterruptedException {
        List<Move> moves = reply.moves();
        boolean open = true;
        for (int at = 0; at < moves.size(); at++) {
            Move move = moves.get(at);
            boolean lastWrite = at == moves.size() - 2 && move instanceof Move.Write;
            if (lastWrite && reply.last() instanceof Move.End) {
                lastBytesFollow.run();
            }
            open = play(move);
        }
        return open;
    }

    private boolean play(Move move) throws IOException, InterruptedException {
        switch (move) {
            case Move.Head head -> head(head);
            case Move.Write write -> body(write.toArray());
            case Move.Timestamps timestamps -> timestamps(timestamps);
            case Move.Await(CountDownLatch gate) -> gate.await();
            case Move.Signal(CountDownLatch reached) -> reached.countDown();
            case Move.Stall() -> new CountDownLatch(1).await();
            case Move.End(boolean thenClose) -> {
                lastBytesFollow.run();
                if (chunked) {
                    out.write("0\r\n\r\n".getBytes(ISO_8859_1));
                }
                return !thenClose && !closeDelimited;
            }
            case Move.Cut(boolean reset) -> {
                lastBytesFollow.run();
                if (reset) {
                    socket.setSoLinger(true, 0);
                }
                socket.close();
                return false;
            }
        }
        return true;
    }

    private void head(Move.Head head) throws IOException {
        chunked = head.chunked();
        closeDelimited = head.closeDelimited();
        StringBuilder text =
                new StringBuilder("HTTP/1.1 ").append(head.status()).append(" \r\n");
        head.headers()
                .forEach((name, value) ->
                        text.append(name).append(": ").append(value).append("\r\n"));
        out.write(text.append("\r\n").toString().getBytes(ISO_8859_1));
    }

    /** The chunk's size, bytes and end leave in one system call, as one piece is what a script promises. */
    private void body(byte[] bytes) throws IOException {
        if (!chunked) {
            out.write(bytes);
            return;
        }
        if (bytes.length == 0) {
            return; // an empty chunk would end the body
        }
        ByteArrayOutputStream chunk = new ByteArrayOutputStream(bytes.length + 12);
        chunk.writeBytes((Integer.toHexString(bytes.length) + "\r\n").getBytes(ISO_8859_1));
        chunk.writeBytes(bytes);
        chunk.write('\r');
        chunk.write('\n');
        out.write(chunk.toByteArray());
    }

    private void timestamps(Move.Timestamps timestamps) throws IOException, InterruptedException {
        long due = System.nanoTime();
        for (int sent = 0; sent < timestamps.count(); sent++) {
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
                if (Thread.interrupted()) {
                    throw new InterruptedException("the client left");
                }
            }
            body(timestamps.engine().text(System.nanoTime() + " ").getBytes(UTF_8));
            due += timestamps.interval().toNanos();
        }
    }
}
