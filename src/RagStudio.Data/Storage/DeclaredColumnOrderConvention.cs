using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;

namespace RagStudio.Data;

// Without an order in the model, rebuilding a table would sort its columns by name. Add new properties at the
// end of their entity: one in between moves the others, and EF treats that as a change of every one of them.
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
