using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Cli;

/// <summary>Reports missing databases: otherwise a mistyped path would look like a new database.</summary>
internal static class AbsentDatabases
{
    /// <summary>Describes where databases are missing; <see langword="null"/> if there is at least one.</summary>
    public static async Task<string?> FindPlaceAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var storages = context
            .Services.GetServices<IMigrationDatabase>()
            .Select(database => database.Storage)
            .ToArray();
        foreach (var storage in storages)
        {
            if (await storage.ExistsAsync(cancellationToken))
            {
                return null;
            }
        }

        return context is { Application: null, Settings.Connection: null }
            ? $"in {context.Place}"
            : $"at {string.Join(" or ", storages.Select(storage => storage.DisplayName).Distinct().Select(path => $"'{path}'"))}";
    }

    /// <summary>Warns if there is no database, before a result that would be the same for a new one.</summary>
    public static async Task WarnAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (await FindPlaceAsync(context, cancellationToken) is { } place)
        {
            context.Output.Warn($"there is no database {place}.");
        }
    }
}
