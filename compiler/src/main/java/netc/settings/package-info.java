/**
 * The blocks {@code data} and {@code train}, and the options that stand for them, made sense of: values
 * of settings in, what the runtime carries out. It judges all that can be judged without data; what it
 * refuses is a {@link netc.settings.SettingException} with a complete message. Used by {@code netc.check},
 * which puts the message at its place, by {@code netc.emit} and by {@code netc.cli}. Open {@link
 * netc.settings.TrainBlock} first.
 */
package netc.settings;
