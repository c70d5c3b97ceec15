package dev.retake.verdict.tree;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** A document: values as JSON has them, numbers exact, keys that stand twice kept apart. Immutable. */
public sealed interface Tree {
    /** Keys in order of appearance. */
    record Obj(Map<String, Tree> fields) implements Tree {}

    /** Items in order. */
    record Arr(List<Tree> items) implements Tree {}

    /** A key that stands more than once in one object; what a reader makes of it is anyone's guess (RFC 8259 §4). */
    record Repeated(List<Tree> values) implements Tree {}

    /** A text. */
    record Text(String value) implements Tree {}

    /** A number; {@code integer} says that it is written without fraction and exponent. */
    record Num(BigDecimal value, boolean integer) implements Tree {
        /** Whether it has a fraction other than zero. */
        public boolean fractional() {
            return !integer && value.stripTrailingZeros().scale() > 0;
        }
    }

    /** True or false. */
    record Bool(boolean value) implements Tree {}

    /** JSON's null. */
    record Null() implements Tree {}

    /** What JSON calls the type, with {@code integer} told from {@code number}. */
    default String type() {
        if (this instanceof Obj) {
            return "object";
        } else if (this instanceof Arr) {
            return "array";
        } else if (this instanceof Text) {
            return "string";
        } else if (this instanceof Num number) {
            return number.integer() ? "integer" : "number";
        } else if (this instanceof Bool) {
            return "boolean";
        } else if (this instanceof Null) {
            return "null";
        }
        return "repeated key";
    }

    /** Whether this is neither object nor array. */
    default boolean isLeaf() {
        return !(this instanceof Obj) && !(this instanceof Arr) && !(this instanceof Repeated);
    }
}
