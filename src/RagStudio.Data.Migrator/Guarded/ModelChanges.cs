using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Migrator.Guarded;

/// <summary>
/// Runs EF's check for model changes without a migration before anything is done, rather than in the middle
/// of it.
/// </summary>
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
