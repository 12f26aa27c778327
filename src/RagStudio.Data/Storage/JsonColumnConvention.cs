using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;

namespace RagStudio.Data;

/// <summary>Lets the provider reject text that is not JSON in the columns that <see cref="TableChecks.HasJsonCheck"/> names.</summary>
internal sealed class JsonColumnConvention(StorageProvider provider) : IModelFinalizingConvention
{
    /// <summary>The names of an entity's columns, while the model is built.</summary>
    public const string Annotation = "RagStudio:JsonColumns";

    public void ProcessModelFinalizing(
        IConventionModelBuilder modelBuilder,
        IConventionContext<IConventionModelBuilder> context
    )
    {
        foreach (var entity in modelBuilder.Metadata.GetEntityTypes().Cast<IMutableEntityType>())
        {
            var columns = entity.RemoveAnnotation(Annotation)?.Value as string[] ?? [];
            foreach (var column in columns)
            {
                provider.ConfigureJson(entity.GetProperties().Single(property => property.GetColumnName() == column));
            }
        }
    }
}
