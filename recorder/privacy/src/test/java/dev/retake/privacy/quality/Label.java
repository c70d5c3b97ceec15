package dev.retake.privacy.quality;

/**
 * A value that was put into a message, of a kind as placeholders name it, at a place as tables name it.
 */
record Label(String kind, Drawn value, String place) {
    Group group() {
        return Group.of(kind);
    }
}
