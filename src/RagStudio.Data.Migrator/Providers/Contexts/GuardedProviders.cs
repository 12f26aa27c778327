using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace RagStudio.Data.Migrator.Providers;

/// <summary>The providers that <c>UseGuardedMigrations</c> chooses from, by the EF provider that a context uses.</summary>
public static class GuardedProviders
{
    private static ImmutableHashSet<IGuardedProvider> _all = [];

    internal static IReadOnlySet<IGuardedProvider> All => _all;

    /// <summary>
    /// Adds a provider, once and for the whole process. A provider's package makes the assemblies that reference it call
    /// this by a module initializer, so that it is known before any of their code runs.
    /// </summary>
    /// <param name="provider">The provider.</param>
    public static void Register(IGuardedProvider provider) =>
        ImmutableInterlocked.Update(ref _all, known => known.Add(provider));

    /// <returns>The provider for a context; <see langword="null"/> if its options name no EF provider.</returns>
    /// <exception cref="InvalidOperationException">None is registered for its EF provider.</exception>
    internal static IGuardedProvider? Find(IDbContextOptions options) =>
        options.Extensions.FirstOrDefault(extension => extension.Info.IsDatabaseProvider) is { } used
            ? _all.FirstOrDefault(provider => provider.Supports(used)) ?? throw NoneFor(used)
            : null;

    private static InvalidOperationException NoneFor(IDbContextOptionsExtension used)
    {
        var known = string.Join(
            ", ",
            _all.Select(provider => provider.Terms.Registration).Order(StringComparer.Ordinal)
        );
        return new InvalidOperationException(
            $"UseGuardedMigrations cannot protect this context: no provider for {used.GetType().Assembly.GetName().Name} is registered (registered: {(known.Length == 0 ? "none" : known)}). Nothing was changed. Reference the provider's package in the project that calls UseGuardedMigrations, or register the provider when the program starts."
        );
    }
}
