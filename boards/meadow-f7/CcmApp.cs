using System.Threading.Tasks;
using Meadow;
using Meadow.Devices;

namespace LabEdge.Head
{
    /// <summary>Meadow F7 Core-Compute v2: W5500 at SPI3 and SPI5, light at D09 of the development kit.</summary>
    public class CcmApp : App<F7CoreComputeV2>
    {
        public override Task Run()
        {
            return Task.Run(() => new MeadowBoard(new MeadowPlatform(Device, null), "D08").Run());
        }
    }
}
