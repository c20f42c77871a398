package netc.check.errors;

/** Every code of the checker with the one line that its page in docs/errors starts with. */
public enum Code {
  E101("an unknown name"),
  E102("an index that runs over two different sizes"),
  E103("an index used outside its reduction or definition"),
  E104("an index whose range cannot be inferred"),
  E105("an access that reads outside its tensor"),
  E106("a name defined twice, or an index that hides another name"),
  E107("a definition that depends on itself"),
  E108("a subscript of a form that cannot be compiled"),
  E109("two names that become one name in Java, or one path"),
  E110("a range that is not allowed where it stands"),
  E111("a fused subscript whose parts do not make the axis"),
  E112("an import that cannot be read, or clashes with another"),
  E201("arguments that do not fit a signature"),
  E202("a value that must be a whole number"),
  E203("compile-time arithmetic that overflows or divides by zero"),
  E204("arguments missing, unknown or too many"),
  E205("something used as a function or layer that is none, or the other way round"),
  E206("a size below 1 or too large"),
  E207("something that must be known at compile time"),
  E208("a layer instance used where it cannot be"),
  E209("an assertion that failed"),
  E210("a statement that cannot stand here"),
  E301("a loss, penalty or metric that is not one number"),
  E302("shapes that cannot be combined"),
  E303("types that cannot be combined"),
  E304("a data index used as a number, or compared with one of another range"),
  E305("a condition that is not a single truth value"),
  E306("a wrong number of subscripts"),
  E308("a transposition: one index on two axes that are declared differently"),
  E309("a reduction over a single number"),
  E310("a derivative that does not fit its function"),
  E311("a derivative that cannot be taken"),
  E401("a carried value that has no value at the first step"),
  E402("a read of a scan's tensor at a step that is not known yet"),
  E403("something that cannot stand in a scan"),
  E404("a carried tensor that is not what its readers took it for"),
  E501("an unknown setting"),
  E502("a setting with a wrong value"),
  E503("a data column that fits no input or target"),
  E601("a value that must be shared by the batch"),
  E602("an output that needs a target"),
  E603("a reduction over the batch where none is allowed"),
  E604("a net without output or loss, or one with a missing part"),
  E605("an initialiser that does not exist or does not fit"),
  E606("a fit or update that does not fit its state"),
  E607("an output whose `given` does not fit it"),
  E901("a part of the language that is not supported yet"),
  W501("a logarithm of a softmax or sigmoid, or a loss that would apply it twice"),
  W502("a parameter that is not used or gets no gradient"),
  W503("a probable transposition"),
  W504("a file without package"),
  W506("a prediction that is random"),
  W507("a derivative that is zero"),
  W508("a `deriv` that is not the derivative");

  private final String summary;

  Code(String summary) {
    this.summary = summary;
  }

  public String summary() {
    return summary;
  }
}
