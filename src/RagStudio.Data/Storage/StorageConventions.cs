using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;

namespace RagStudio.Data;

internal static class StorageConventions
{
    public static void Apply(ModelConfigurationBuilder builder)
    {
        // The schema decides about indexes explicitly, table by table.
        builder.Conventions.Remove<ForeignKeyIndexConvention>();
        builder.Conventions.Add(_ => new DeclaredColumnOrderConvention());
        builder.Properties<DateTimeOffset>().HaveConversion<UtcTextConverter>();
    }
}
