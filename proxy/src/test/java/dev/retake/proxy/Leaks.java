package dev.retake.proxy;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Buffers that were collected without being released, as Netty's detector finds them. */
final class Leaks {
    private static final List<String> FOUND = new CopyOnWriteArrayList<>();

    static {
        ResourceLeakDetectorFactory before = ResourceLeakDetectorFactory.instance();
        ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new ResourceLeakDetectorFactory() {
            @Override
            @SuppressWarnings("deprecation") // the one abstract method
            public <T> ResourceLeakDetector<T> newResourceLeakDetector(
                    Class<T> resource, int samplingInterval, long maxActive) {
                ResourceLeakDetector<T> detector = before.newResourceLeakDetector(resource, samplingInterval);
                detector.setLeakListener((type, records) -> FOUND.add(type + records));
                return detector;
            }
        });
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    }

    private Leaks() {}

    /** Makes sure that leaks are watched for from here on. */
    static void watch() {
        // Loading the class did it.
    }

    /** What leaked so far. */
    static List<String> found() {
        return FOUND;
    }

    /**
     * What leaked until now, for sure: a buffer is dropped on purpose, and what the detector finds until it has found
     * that one is the answer.
     *
     * @throws AssertionError where the detector does not find even that one
     */
    static List<String> flush() {
        drop();
        for (int round = 0; round < 200; round++) {
            System.gc();
            ByteBufAllocator.DEFAULT.buffer(16).release();
            if (FOUND.removeIf(leak -> leak.contains("dropped on purpose"))) {
                return FOUND;
            }
        }
        throw new AssertionError("the detector does not find what is dropped");
    }

    private static void drop() {
        ByteBufAllocator.DEFAULT.buffer(16).touch("dropped on purpose");
    }
}
