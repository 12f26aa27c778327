using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;

namespace RagStudio.Data;

internal static class StorageConventions
{
    public static void Apply(ModelConfigurationBuilder builder)
    {
        // Which columns have an index is a decision of the schema, written down table by table.
        builder.Conventions.Remove<ForeignKeyIndexConvention>();
        builder.Conventions.Add(_ => new DeclaredColumnOrderConvention());
        builder.Properties<DateTimeOffset>().HaveConversion<UtcTextConverter>();
    }
}
