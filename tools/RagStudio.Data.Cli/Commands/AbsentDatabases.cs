using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Cli;

/// <summary>Tells that there is nothing where a command looks: a mistyped path looks like a new database otherwise.</summary>
internal static class AbsentDatabases
{
    /// <summary>Where no database is, in words; <see langword="null"/> where there is at least one.</summary>
    public static string? Place(CommandContext context)
    {
        var storages = context
            .Services.GetServices<IMigrationDatabase>()
            .Select(database => database.Storage)
            .ToArray();
        return storages.Any(storage => storage.Exists) ? null
            : context.Application is null ? $"in {context.Place}"
            : $"at {string.Join(" or ", storages.Select(storage => storage.Path).Distinct().Select(path => $"'{path}'"))}";
    }

    /// <summary>Warns where there is none, before a result that would be the same for a new database.</summary>
    public static void Tell(CommandContext context)
    {
        if (Place(context) is { } place)
        {
            context.Output.Warn($"there is no database {place}.");
        }
    }
}
