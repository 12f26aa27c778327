using System.Diagnostics;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.Extensions.Hosting;

namespace RagStudio.Data.Cli;

/// <summary>The services of an application, as its entry point registers them.</summary>
/// <remarks>
/// On first use the entry point runs, as with <c>dotnet ef</c>, until it has built its host. The host never
/// starts. Nothing else runs beside an entry point that is still running, because it might use the databases.
/// </remarks>
/// <param name="assembly">The application's assembly.</param>
/// <param name="limit">The time limit for its entry point.</param>
/// <param name="cancellationToken">Stops waiting for it.</param>
internal sealed class ApplicationHost(Assembly assembly, TimeSpan limit, CancellationToken cancellationToken)
{
    private readonly Lazy<IServiceProvider?> _services = new(() => Build(assembly, limit, cancellationToken)?.Services);

    /// <summary>Its services; <see langword="null"/> if it builds no host.</summary>
    /// <exception cref="CommandException">
    /// The entry point fails before it has built a host, or does not end.
    /// </exception>
    public IServiceProvider? Services => _services.Value;

    private static IHost? Build(Assembly assembly, TimeSpan limit, CancellationToken cancellationToken)
    {
        if (assembly.EntryPoint is not { } main || !ApplicationLoadContext.For(assembly).HasHosting())
        {
            return null;
        }

        var capture = new HostCapture();
        using var listening = DiagnosticListener.AllListeners.Subscribe(capture);
        using var role = new ApplicationRole(assembly);
        var running = Task.Factory.StartNew(
            () => Run(main),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
        var ended = Task.WaitAny([running], (int)limit.TotalMilliseconds, cancellationToken) == 0;
        return ended ? capture.Host ?? None(running, assembly) : throw Endless(assembly, limit, capture.Host);
    }

    private static void Run(MethodInfo main)
    {
        using var scope = AssemblyLoadContext.EnterContextualReflection(main.Module.Assembly);
        object?[] args = main.GetParameters().Length == 0 ? [] : [Array.Empty<string>()];
        main.Invoke(null, BindingFlags.DoNotWrapExceptions, null, args, null);
    }

    private static IHost? None(Task running, Assembly assembly) =>
        running.Exception?.InnerException is { } error
            ? throw ApplicationAssembly.Refusal(error)
                ?? CommandException.Usage(
                    $"the entry point of {assembly.GetName().Name} failed before it built its host: {error.GetType().Name}: {error.Message} Nothing was changed. Run this command where the application finds its settings, or add an IDesignTimeDbContextFactory to it.",
                    error
                )
            : null;

    private static CommandException Endless(Assembly assembly, TimeSpan limit, IHost? host) =>
        CommandException.Usage(
            $"the entry point of {assembly.GetName().Name} {(host is null ? "did not build a host" : "continued after it built its host")}, and was still running after {limit.TotalSeconds:0.###} s. Nothing was changed. Add an IDesignTimeDbContextFactory to the application."
        );
}
