using System.Globalization;
using RagStudio.Data.Cli;

// The tool's output does not depend on the culture.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
using var signals = new TerminationSignals();
return await CommandLine.RunAsync(args, CliEnvironment.OfProcess(), signals.Token);
