using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;

namespace RagStudio.Data;

// Without an order in the model, a rebuild of a table would leave its columns sorted by name. New properties belong at
// the end of their entity: one in between moves the others, and to EF that is a change of every one of them.
internal sealed class DeclaredColumnOrderConvention : IModelFinalizingConvention
{
    public void ProcessModelFinalizing(
        IConventionModelBuilder modelBuilder,
        IConventionContext<IConventionModelBuilder> context
    )
    {
        foreach (var entity in modelBuilder.Metadata.GetEntityTypes())
        {
            var order = 0;
            foreach (var member in entity.ClrType.GetProperties())
            {
                entity.FindProperty(member)?.Builder.HasColumnOrder(order++);
            }
        }
    }
}
