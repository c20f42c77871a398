package netc.runtime;

import java.util.List;
import java.util.Map;

/**
 * All that is known of a network besides its code: names, shapes, forms, provenance. Written into a
 * generated class as string constants and decoded once.
 *
 * @param className qualified name of the generated class
 * @param sourceSha256 of the {@code .net} file, in hexadecimal
 * @param outputs those of the predict form, in text order
 * @param conditionals those that are not: {@code output xhat given z}
 * @param variables parameters, then states: the order of {@link Weights}
 * @param samples random numbers, in text order
 * @param losses names, in text order; likewise penalties, metrics
 * @param fits the fitted states, in text order
 * @param data the {@code data} block: where columns meet inputs
 * @param train the {@code train} block: defaults of training
 * @param sizes {@code dim}s overridden by {@code --set}, and their values
 */
public record Metadata(
    String className,
    String documentation,
    String sourceName,
    String sourceSha256,
    String compilerVersion,
    Precision precision,
    List<Port> inputs,
    List<Port> targets,
    List<Port> outputs,
    List<Conditional> conditionals,
    List<Variable> variables,
    List<Sample> samples,
    List<String> losses,
    List<String> penalties,
    List<Aggregate> metrics,
    List<Aggregate> fits,
    Data data,
    Training train,
    Map<String, Double> sizes,
    List<Form> forms) {

  /** What the compiler has written into the string constants of a class. */
  public static Metadata decode(String... parts) {
    return new MetadataReader(String.join("", parts)).metadata();
  }

  /** What elements of an input, target or output are. */
  public enum Type {
    REAL,
    INDEX,
    BOOL
  }

  /**
   * An input, target or output of one example.
   *
   * @param bound for INDEX: values are 0..bound-1; 0 for any {@code int}
   * @param perExample false for an output that depends on no input
   * @param needs for an output: the names of the inputs it depends on, in declaration order
   * @param line in the {@code .net} file
   */
  public record Port(
      String name,
      Type type,
      int bound,
      int[] shape,
      boolean perExample,
      List<String> needs,
      int line) {
    public int elements() {
      int product = 1;
      for (int size : shape) {
        product *= size;
      }
      return product;
    }

    /** The shape of so many rows. */
    public int[] shape(int rows) {
      int[] all = new int[shape.length + 1];
      all[0] = rows;
      System.arraycopy(shape, 0, all, 1, shape.length);
      return all;
    }

    /** Whether a number is one that this index can be. */
    public boolean accepts(double value) {
      boolean inside = bound == 0 ? value == (int) value : value >= 0 && value < bound;
      return inside && value == Math.rint(value);
    }

    /** What an index can be, for messages: {@code 0..9}. */
    public String range() {
      return bound == 0 ? "the 32-bit integers" : "0.." + (bound - 1);
    }

    /** The type as the language writes it: {@code index(10)}. */
    public String typeName() {
      return switch (type) {
        case REAL -> "real";
        case INDEX -> bound == 0 ? "int" : "index(" + bound + ")";
        case BOOL -> "bool";
      };
    }
  }

  /** An output of the form {@code given:<name>}, which takes these tensors instead of the inputs. */
  public record Conditional(Port output, List<Port> given) {}

  /** A parameter ({@code trained}) or state and how it starts; see language.md, Initialisers. */
  public record Variable(
      String path,
      int[] shape,
      boolean trained,
      String initializer,
      double first,
      double second,
      long fanIn,
      long fanOut,
      int line) {
    public int elements() {
      int product = 1;
      for (int size : shape) {
        product *= size;
      }
      return product;
    }
  }

  /** Where the numbers of a {@link Sample} come from. */
  public enum Distribution {
    /** Mean and standard deviation. */
    NORMAL,
    /** Lower bound, included, and upper bound, excluded. */
    UNIFORM,
    /** The probability of a 1; else 0. */
    BERNOULLI,
    /** Location and scale. */
    GUMBEL;

    /** Number {@code position} of the stream with this key. */
    double draw(double first, double second, long key, long position) {
      return switch (this) {
        case NORMAL -> first + second * RandomStream.normal(key, position);
        case UNIFORM -> first + (second - first) * RandomStream.uniform(key, position);
        case BERNOULLI -> RandomStream.uniform(key, position) < first ? 1 : 0;
        case GUMBEL -> first + second * RandomStream.gumbel(key, position);
      };
    }
  }

  /** A {@code sample}: random numbers of this shape, drawn for each example and step. */
  public record Sample(
      String path, Distribution distribution, double first, double second, int[] shape, int line) {
    double draw(long key, long position) {
      return distribution.draw(first, second, key, position);
    }

    public int elements() {
      int product = 1;
      for (int size : shape) {
        product *= size;
      }
      return product;
    }
  }

  /** How the runtime adds up a per-example result over all rows, always in double. */
  public enum Operator {
    SUM,
    PROD,
    MAX,
    MIN,
    ANY,
    ALL;

    /** The result over no row. */
    double start() {
      return switch (this) {
        case SUM, ANY -> 0;
        case PROD, ALL -> 1;
        case MAX -> Double.NEGATIVE_INFINITY;
        case MIN -> Double.POSITIVE_INFINITY;
      };
    }

    double combine(double a, double b) {
      return switch (this) {
        case SUM -> a + b;
        case PROD -> a * b;
        case MAX -> Math.max(a, b);
        case MIN -> Math.min(a, b);
        case ANY -> a != 0 || b != 0 ? 1 : 0;
        case ALL -> a != 0 && b != 0 ? 1 : 0;
      };
    }
  }

  /**
   * A metric or a fitted state: results of a form are accumulated over all rows, of which a finishing form
   * with {@code batchRows} = all rows makes {@code value}. Forms of a metric: {@code evaluate}, then
   * {@code metric.<name>}; of a state, both F64: {@code fit.<path>}, {@code fit.<path>.finish}.
   *
   * @param name of the metric, or path of the state
   * @param accumulate names of results of the first form, {@code accumulate.<n>}; the finishing form takes
   *     them as inputs {@code accumulated.<n>} with the same n
   */
  public record Aggregate(String name, List<String> accumulate, List<Operator> operators) {}

  /**
   * What the {@code data} block says.
   *
   * @param files by what they are for: {@code rows} for the table, {@code valid}, {@code test}, an input
   *     or target for an IDX file of its own; {@code rows.test}, {@code img.valid} for those that go with
   *     one of them
   * @param fractions of the rows that are kept aside: {@code valid}, {@code test}
   * @param separator between the fields of a table
   * @param columns of the table, by input or target
   */
  public record Data(
      Map<String, String> files,
      Map<String, Double> fractions,
      String separator,
      Map<String, Columns> columns) {}

  /**
   * The columns that fill an input or target, row-major.
   *
   * @param labels the class names of an index, or none
   * @param missing what stands for a missing value; NaN where that is an error
   * @param line of the setting in the {@code .net} file; 0 without one
   */
  public record Columns(List<Range> ranges, List<String> labels, double missing, int line) {}

  /**
   * Columns that stand together, from {@code from} up to {@code end}, without it.
   *
   * @param named whether {@code from} is counted from the column {@code first} on, and {@code end} from
   *     {@code last}; else both are positions in the table
   */
  public record Range(boolean named, String first, long from, String last, long end) {}
}
