using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Migrator.Sqlite.Guarded;

/// <summary>EF's check that no migration is missing for what has changed in the model, before anything is done instead of in the middle of it.</summary>
internal static class ModelChanges
{
    public static void Check(DbContext context, IMigrator migrator)
    {
        var warnings = context.GetService<ILoggingOptions>().WarningsConfiguration;
        if (
            warnings.GetBehavior(RelationalEventId.PendingModelChangesWarning) != WarningBehavior.Ignore
            && migrator.HasPendingModelChanges()
        )
        {
            context
                .GetService<IDiagnosticsLogger<DbLoggerCategory.Migrations>>()
                .PendingModelChangesWarning(context.GetType());
        }
    }
}
