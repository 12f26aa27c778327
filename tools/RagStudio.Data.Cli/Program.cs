using System.Globalization;
using RagStudio.Data.Cli;

// What the tool prints is the same wherever it runs.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
using var signals = new TerminationSignals();
return await CommandLine.RunAsync(args, CliEnvironment.OfProcess(), signals.Token);
