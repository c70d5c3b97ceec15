package dev.retake.proxy.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SniHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.Mapping;

/** Gives way to TLS by the certificate that a ClientHello's server name asks for (RFC 6066 §3). */
final class ServerNames extends SniHandler {
    private final ClientHelloGuard guard;

    ServerNames(Mapping<? super String, ? extends SslContext> contexts, int helloBytes, ClientHelloGuard guard) {
        super(contexts, helloBytes, 0);
        this.guard = guard;
    }

    @Override
    protected SslHandler newSslHandler(SslContext context, ByteBufAllocator allocator) {
        SslHandler handler = super.newSslHandler(context, allocator);
        handler.setHandshakeTimeoutMillis(0); // the guard watches the whole of it
        handler.handshakeFuture().addListener(done -> {
            if (done.isSuccess()) {
                guard.done();
            }
        });
        return handler;
    }
}
