package dev.retake.privacy.value;

/** Walks documents that stand in a value: JSON in a string, markup in a field. */
public interface NestedDocuments {
    /**
     * Walks JSON.
     *
     * @param root what the members of the document stand under
     * @return where the text ceases to be JSON; what lies before has been walked
     */
    int json(Leaves leaves, Field root, byte[] source, int from, int to, int level, Edits edits);

    /** Walks a document of another format; false where the text is none, and has not been walked. */
    boolean other(Leaves leaves, byte[] source, int from, int to, int level, Edits edits);
}
