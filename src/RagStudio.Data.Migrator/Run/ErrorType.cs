using System.Diagnostics;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Run;

/// <summary>Returns the type name of a failure. Its message may quote a row, its type cannot.</summary>
internal static class ErrorType
{
    public static string NameOf(Exception failure) =>
        failure switch
        {
            FailedStepException failed => NameOf(failed.Step),
            MigrationStepException { ExceededLimit: not null } => typeof(MigrationTimeoutException).FullName!,
            MigrationStepException { InnerException: { } cause } => NameOf(cause),
            FailedValidationException => typeof(ValidationFailedException).FullName!,
            _ => failure.GetType().FullName!,
        };

    public static void AddTo(ref TagList tags, Exception? failure)
    {
        if (failure is not null)
        {
            tags.Add(MigratorDiagnostics.ErrorTypeTag, NameOf(failure));
        }
    }
}
