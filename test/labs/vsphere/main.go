// A small vCenter for tests: the simulator of govmomi as a server of its own, with one data centre, a cluster of two
// hosts, a host by itself, a few VMs with names people give, and a template. One VM has its tools running.
package main

import (
	"crypto/tls"
	"flag"
	"fmt"
	"log"
	"net/url"
	"os"
	"os/signal"
	"syscall"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/types"
)

func main() {
	listen := flag.String("listen", "127.0.0.1:0", "address")
	user := flag.String("user", "", "user that may log in")
	password := flag.String("password", "", "password of the user")
	machines := flag.Int("machines", 3, "VMs a host or cluster has")
	flag.Parse()

	model := simulator.VPX()
	model.ClusterHost = 2
	model.Machine = *machines
	if err := model.Create(); err != nil {
		log.Fatal(err)
	}
	defer model.Remove()
	furnish()

	model.Service.Listen = &url.URL{Host: *listen, User: url.UserPassword(*user, *password)}
	model.Service.TLS = new(tls.Config)
	server := model.Service.NewServer()
	defer server.Close()
	fmt.Println("up", server.URL.Host)

	ended := make(chan os.Signal, 1)
	signal.Notify(ended, syscall.SIGTERM, os.Interrupt)
	<-ended
}

// Names and states that the simulator does not give by itself. Runs before anybody is connected.
func furnish() {
	names := map[string]string{"DC0_H0_VM0": "web-1", "DC0_H0_VM1": "batch-1", "DC0_C0_RP0_VM0": "db-1"}
	for _, entity := range simulator.Map.All("VirtualMachine") {
		vm := entity.(*simulator.VirtualMachine)
		vm.Config.Hardware.NumCPU = 2
		vm.Config.Hardware.MemoryMB = 4096
		vm.Summary.QuickStats.OverallCpuUsage = 459
		vm.Summary.QuickStats.GuestMemoryUsage = 1024
		if name, ok := names[vm.Name]; ok {
			vm.Name = name
			vm.Config.Name = name
			vm.Summary.Config.Name = name
		}
		switch vm.Name {
		case "DC0_C0_RP0_VM1":
			vm.Config.Hardware.NumCPU = 4
			vm.Config.Hardware.MemoryMB = 16384
		case "web-1":
			vm.Guest.ToolsRunningStatus = string(types.VirtualMachineToolsRunningStatusGuestToolsRunning)
		case "DC0_H0_VM2":
			vm.Name = "ubuntu-22"
			vm.Config.Name = "ubuntu-22"
			vm.Runtime.PowerState = types.VirtualMachinePowerStatePoweredOff
			vm.Summary.Runtime.PowerState = types.VirtualMachinePowerStatePoweredOff
			vm.Config.Template = true
			vm.Summary.Config.Template = true
			vm.ResourcePool = nil
		}
	}
	for _, entity := range simulator.Map.All("HostSystem") {
		host := entity.(*simulator.HostSystem)
		host.Summary.QuickStats.OverallCpuUsage = 918
		host.Summary.QuickStats.OverallMemoryUsage = 2048
	}
	for _, entity := range simulator.Map.All("ClusterComputeResource") {
		cluster := entity.(*simulator.ClusterComputeResource)
		if config, ok := cluster.ConfigurationEx.(*types.ClusterConfigInfoEx); ok && config.DrsConfig.Enabled == nil {
			off := false
			config.DrsConfig.Enabled = &off
		}
	}
}
