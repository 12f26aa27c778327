using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;

namespace RagStudio.Data;

internal static class StorageConventions
{
    public static void Apply(ModelConfigurationBuilder builder, DbContext context)
    {
        var provider = StorageProvider.Of(context);
        // The schema decides about indexes explicitly, table by table.
        builder.Conventions.Remove<ForeignKeyIndexConvention>();
        builder.Conventions.Add(_ => new DeclaredColumnOrderConvention());
        builder.Conventions.Add(_ => new JsonColumnConvention(provider));
        provider.Configure(builder, context);
    }

    /// <summary>Begins a context's model.</summary>
    public static ModelBuilder UseStorageOf(this ModelBuilder model, DbContext context)
    {
        StorageProvider.Of(context).Configure(model, context);
        return model;
    }
}
